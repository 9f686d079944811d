import Model
import Postgres
import Recurrence
import StoreTestSupport
import Testing

@testable import Store

/// What a waiver settles, and for how long.
struct WaiverTests {
    /// At 03:01 of the 17th all three servers are overdue; nobody has done what was due on the 16th.
    private static func withOverdue(_ body: @Sendable (Floor, [String: Int64]) async throws -> Void) async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.clock("17T03:01")
            let runs = try await floor.store.runs(RunFilter(), lately: Floor.at("16T00:00")).rows
            let numbers = Dictionary(uniqueKeysWithValues: runs.map { ($0.asset ?? "", $0.run) })
            try await body(floor, numbers)
        }
    }

    private static func waive(
        _ floor: Floor, _ run: Int64?, until: Instant? = nil
    ) async throws -> WaiveResult {
        try await floor.store.waive(run: try #require(run), reason: "no power", until: until, actor: "ann")
    }

    private static func made(_ result: WaiveResult) throws -> [Waiver] {
        guard case .done(let waivers) = result else {
            Issue.record("\(result)")
            return []
        }
        return waivers
    }

    @Test func `what is waived is not overdue on that target, and on no other`() async throws {
        try await Self.withOverdue { floor, runs in
            let waivers = try Self.made(try await Self.waive(floor, runs["srv-1"]))
            #expect(waivers.map(\.asset) == ["srv-1"] && waivers.map(\.covers) == [Floor.at("17T03:01")])
            #expect(
                try await floor.overdue() == ["patch apple-1 ready 16T03:00", "patch srv-2 ready 16T03:00"])
            let overdue = try await floor.store.overdueRuns(RunFilter(limit: 1), now: try await floor.store.now())
            #expect(overdue.total == 2)
            #expect(try await floor.overdue(RunFilter(asset: "srv-1", states: [.ready])) == [])
        }
    }

    @Test func `what falls due after the waiver is owed as ever`() async throws {
        try await Self.withOverdue { floor, runs in
            _ = try await Self.waive(floor, runs["srv-1"])
            try await floor.plan(at: "18T03:00")
            try await floor.clock("19T03:01")
            #expect(try await floor.overdue(RunFilter(asset: "srv-1")) == ["patch srv-1 ready 18T03:00"])
            #expect(try await floor.overdue(RunFilter(asset: "srv-2")) == ["patch srv-2 missed 16T03:00"])
        }
    }

    @Test func `after its end the work is owed again, from the moment that it was due`() async throws {
        try await Self.withOverdue { floor, runs in
            _ = try await Self.waive(floor, runs["srv-1"], until: Floor.at("17T20:00"))
            try await floor.clock("17T19:59")
            #expect(try await floor.overdue(RunFilter(asset: "srv-1")) == [])
            #expect(try await floor.store.waivers(limit: 10).count == 1)
            try await floor.clock("17T20:00")
            #expect(try await floor.overdue(RunFilter(asset: "srv-1")) == ["patch srv-1 ready 16T03:00"])
            #expect(try await floor.store.waivers(limit: 10) == [])
        }
    }

    @Test func `withdrawn, it settles nothing, and is remembered`() async throws {
        try await Self.withOverdue { floor, runs in
            let run = try #require(runs["srv-1"])
            _ = try await Self.waive(floor, run)
            let gone = try await floor.store.withdrawWaivers(ofRun: run, reason: "power is back", actor: "bob")
            #expect(try Self.made(gone).map(\.withdrawal?.actor) == ["bob"])
            #expect(try await floor.overdue(RunFilter(asset: "srv-1")) == ["patch srv-1 ready 16T03:00"])
            #expect(
                try await floor.store.waivers(ofRun: run).map(\.inWords) == [
                    "waived by ann: no power; withdrawn at 2026-02-17T03:01:00Z by bob"
                ])
            #expect(
                try await floor.store.withdrawWaivers(ofRun: run, reason: nil, actor: "bob") == .notWaived)
            let acts = try await floor.desk.texts(
                "select actor || ' ' || verb || ' ' || subject || ' ' || reason from rota.act where subject like 'run/%' order by id"
            )
            #expect(acts == ["ann waive run/\(run) no power", "bob withdraw waiver run/\(run) power is back"])
        }
    }

    @Test func `what is waived already is told with who did so`() async throws {
        try await Self.withOverdue { floor, runs in
            _ = try await Self.waive(floor, runs["srv-1"])
            guard case .alreadyWaived(let waiver) = try await Self.waive(floor, runs["srv-1"]) else {
                Issue.record("it was waived twice")
                return
            }
            #expect(waiver.inWords == "waived by ann: no power")
        }
    }

    @Test func `a run that succeeded, one that was asked for, and one that is not there cannot be waived`()
        async throws
    {
        try await Self.withOverdue { floor, _ in
            let done = try await floor.work(only: "srv-1")
            #expect(try await Self.waive(floor, done[0]) == .notOwed("run \(done[0]) succeeded"))
            let asked = try await floor.store.requestRuns(job: "patch", client: nil, asset: "srv-2", actor: "ann")
            guard case .requested(let runs) = asked else { return }
            #expect(
                try await Self.waive(floor, runs[0].run)
                    == .notOwed("run \(runs[0].run) was asked for by hand, and is never overdue"))
            #expect(try await Self.waive(floor, 4711) == .unknown)
        }
    }

    @Test func `a run made ahead of its time is waived up to that time`() async throws {
        try await Floor.with { floor in
            var job = Sample.job("patch")
            job.lead = Span(seconds: 6 * 3600)
            try await floor.desk.apply(.job(job))
            try await floor.plan(at: "15T22:00")
            let row = try #require(
                try await floor.store.runs(RunFilter(asset: "srv-1"), lately: Floor.at("15T12:00")).rows.first)
            #expect(row.due == Floor.at("16T03:00"))
            #expect(try Self.made(try await Self.waive(floor, row.run)).map(\.covers) == [Floor.at("16T03:00")])
            try await floor.clock("17T03:01")
            #expect(
                try await floor.overdue() == ["patch apple-1 held 16T03:00", "patch srv-2 held 16T03:00"])
        }
    }

    @Test func `a job is waived at one client: on all that it works on there, or on one asset`() async throws {
        try await Self.withOverdue { floor, runs in
            func waive(_ job: String, _ client: String, _ asset: String? = nil) async throws -> WaiveResult {
                try await floor.store.waive(
                    job: job, client: client, asset: asset, reason: "audit", until: nil, actor: "ann")
            }
            #expect(try Self.made(try await waive("patch", "harbour", "srv-2")).map(\.asset) == ["srv-2"])
            #expect(try await floor.overdue(RunFilter(client: "harbour")) == ["patch srv-1 ready 16T03:00"])
            #expect(try Self.made(try await waive("patch", "harbour")).map(\.asset) == ["srv-1", "srv-2"])
            #expect(try await floor.overdue() == ["patch apple-1 ready 16T03:00"])
            #expect(try await waive("nothing", "harbour") == .unknown)
            #expect(try await waive("patch", "nobody") == .noTarget("job patch is not for client 'nobody'"))
            #expect(
                try await waive("patch", "harbour", "apple-1")
                    == .noTarget("job patch has no target 'apple-1' at client 'harbour'"))
            let gone = try await floor.store.withdrawWaivers(
                ofJob: "patch", client: "harbour", asset: nil, reason: nil, actor: "bob")
            #expect(try Self.made(gone).count == 3)
            #expect(try await floor.overdue().count == 3)
        }
    }

    @Test func `a waiver is neither changed nor removed`() async throws {
        try await Self.withOverdue { floor, runs in
            _ = try await Self.waive(floor, runs["srv-1"])
            for change in [
                "update rota.waiver set covers = covers + interval '1 year'", "delete from rota.waiver",
                "truncate rota.waiver", "update rota.waiver set withdrawn_at = rota.now()",
                "update rota.waiver set withdrawn_at = rota.now(), withdrawn_by = 'x', reason = 'other'",
            ] {
                await #expect(throws: PostgresError.self, "\(change)") { try await floor.desk.database.execute(change) }
            }
            try await floor.desk.database.execute(
                "update rota.waiver set withdrawn_at = rota.now(), withdrawn_by = 'x'")
            await #expect(throws: PostgresError.self) {
                try await floor.desk.database.execute("update rota.waiver set withdrawn_at = null, withdrawn_by = null")
            }
        }
    }
}
