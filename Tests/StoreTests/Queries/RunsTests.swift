import Model
import Recurrence
import StoreTestSupport
import Testing

@testable import Store

struct RunsTests {
    private static func words(_ rows: [RunRow]) -> [String] {
        rows.map { "\($0.asset ?? $0.client) \($0.state.rawValue)" }
    }

    @Test func `what is in hand comes first, then what waits, then what was finished lately`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.clock("16T03:05")
            try await floor.work(only: "apple-1")
            _ = try await floor.lease(most: 1)
            let page = try await floor.store.runs(RunFilter(), lately: Floor.at("16T00:00"))
            #expect(page.rows.map(\.state) == [.leased, .ready, .succeeded])
            #expect(!page.hasMore)
            let done = page.rows[2]
            #expect(done.asset == "apple-1" && done.worker == "w1" && done.exitCode == 0 && done.attempts == 1)
            #expect(done.startedAt == Floor.at("16T03:05") && done.finishedAt == Floor.at("16T03:05"))
            let later = try await floor.store.runs(RunFilter(), lately: Floor.at("16T04:00"))
            #expect(later.rows.map(\.state) == [.leased, .ready])
        }
    }

    @Test func `a limit cuts the list and says that there is more`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            let page = try await floor.store.runs(RunFilter(limit: 2), lately: Floor.at("16T00:00"))
            #expect(page.rows.count == 2 && page.hasMore)
            let all = try await floor.store.runs(RunFilter(limit: 3), lately: Floor.at("16T00:00"))
            #expect(all.rows.count == 3 && !all.hasMore)
        }
    }

    @Test func `lists are narrowed by client, job, asset, state, lane and when they are due`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            _ = try await floor.store.requestRuns(job: "patch", client: "orchard", asset: nil, actor: "ann")
            func runs(_ filter: RunFilter) async throws -> [String] {
                Self.words(try await floor.store.runs(filter, lately: Floor.at("16T00:00")).rows)
            }
            #expect(try await runs(RunFilter(client: "orchard")) == ["apple-1 ready", "apple-1 held"])
            #expect(try await runs(RunFilter(client: "orchard", lane: .reactive)) == ["apple-1 held"])
            #expect(try await runs(RunFilter(asset: "srv-2")) == ["srv-2 ready"])
            #expect(try await runs(RunFilter(job: "other")) == [])
            #expect(try await runs(RunFilter(states: [.held, .leased])) == ["apple-1 held"])
            #expect(try await runs(RunFilter(since: Floor.at("16T03:01"))) == [])
            #expect(try await runs(RunFilter(until: Floor.at("16T03:00"))) == [])
        }
    }

    @Test func `history is the newest first, by when it was finished`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            for (time, asset) in [("16T03:10", "srv-2"), ("16T03:20", "srv-1"), ("16T03:30", "apple-1")] {
                try await floor.clock(time)
                let end: AttemptEnd = asset == "srv-1" ? .failed : .succeeded
                try await floor.work(Outcome(end, exitCode: end == .failed ? 7 : 0, message: "said"), only: asset)
            }
            let all = try await floor.store.history(RunFilter())
            #expect(Self.words(all.rows) == ["apple-1 succeeded", "srv-1 failed", "srv-2 succeeded"])
            #expect(all.rows[1].exitCode == 7)
            #expect(
                all.rows[1].standing
                    == .done(.failed, at: Floor.at("16T03:20"), reason: "said", actor: nil))
            let one = try await floor.store.history(
                RunFilter(since: Floor.at("16T03:10"), until: Floor.at("16T03:30"), limit: 1))
            #expect(Self.words(one.rows) == ["srv-1 failed"] && one.hasMore)
        }
    }

    @Test func `a run is told with all its attempts, those that were handed back or failed included`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            let leases = try await floor.lease()
            _ = try await floor.store.release(worker: floor.worker, attempts: leases.map(\.attempt))
            try await floor.work(
                Outcome(.failed, exitCode: 3, message: "no disk"), verdict: .retry(after: .seconds(60)), only: "srv-1")
            let runs = try await floor.store.runs(RunFilter(asset: "srv-1"), lately: Floor.at("16T00:00"))
            let detail = try #require(try await floor.store.run(runs.rows[0].run))
            #expect(detail.attempts.map(\.end) == [.released, .failed])
            // What was handed back unused is not counted.
            #expect(detail.attempts.map(\.number) == [1, 1])
            #expect(detail.attempts[1].exitCode == 3 && detail.attempts[1].message == "no disk")
            #expect(detail.localTime == "2026-02-16T03:00:00" && detail.zone == "Europe/London")
            #expect(detail.madeBy == nil && detail.revision == 1)
            #expect(
                detail.row.standing
                    == .ready(since: Floor.at("16T03:00"), notBefore: Floor.at("16T03:01"), startBy: nil))
            #expect(try await floor.store.run(999) == nil)
        }
    }

    @Test func `names that nothing has are told with those that there are`() async throws {
        try await Floor.with { floor in
            let store = floor.store
            #expect(try await store.unknownName(in: RunFilter(client: "harbour", job: "patch", asset: "srv-1")) == nil)
            let client = try await store.unknownName(in: RunFilter(client: "habour", job: "pach"))
            #expect(client == UnknownName(kind: .client, name: "habour", known: ["harbour", "orchard"]))
            let asset = try await store.unknownName(in: RunFilter(asset: "x"))
            #expect(asset?.known == ["apple-1", "srv-1", "srv-2"])
        }
    }
}
