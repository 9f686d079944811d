import Model
import Recurrence
import Store
import Testing

@Suite struct OverlapTests {
    @Test func `a run that was not started gives way to its successor`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            try await planning.plan(at: "2026-03-02T00:02:00Z")
            let runs = try await planning.database.pool.standings()
            #expect(runs.map(\.state) == ["missed", "ready"])
            #expect(runs.first?.reason == "not done before the next was due at 2026-03-02T00:02:00Z")
        }
    }

    @Test func `a run that is due while the last one is going is skipped, and says which`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let lease = try #require(try await planning.lease(planning.worker()).first)
            try await planning.plan(at: "2026-03-02T00:02:00Z")
            let runs = try await planning.database.pool.standings()
            #expect(runs.map(\.state) == ["leased", "skipped"])
            #expect(runs.last?.reason == "run \(lease.run) was still leased on this target")
        }
    }

    @Test func `what somebody asked for is never superseded`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            _ = try await planning.store.requestRuns(job: "job", client: nil, asset: nil, actor: "anna")
            try await planning.plan()
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let runs = try await planning.database.pool.standings()
            #expect(runs.map(\.lane) == ["reactive", "proactive"])
            #expect(runs.map(\.state) == ["ready", "ready"])
        }
    }

    @Test func `each target is looked at for itself`() async throws {
        try await Planning.with { planning in
            for name in ["a", "b"] { try await planning.estate.add(Asset(name: name, client: "acme", kind: "server")) }
            var job = Jobs.command(every: 60)
            job.targets = TargetSelector(kinds: ["server"])
            try await planning.add(job)
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let lease = try #require(try await planning.lease(planning.worker(), most: 1).first)
            try await planning.plan(at: "2026-03-02T00:02:00Z")
            for run in try await planning.database.pool.standings() where run.due == instant("2026-03-02T00:02:00Z") {
                #expect(run.state == (run.asset == lease.asset?.name ? "skipped" : "ready"), "\(run)")
            }
        }
    }

    @Test func `a run keeps the revision with which it was planned`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let lease = try #require(try await planning.lease(planning.worker()).first)
            try await planning.estate.revise(Jobs.command(every: 60, timeout: 700))
            #expect(lease.job.action == Jobs.exec(timeout: 600))
            #expect(try await planning.database.pool.standing().revision == 1)
            let finished = try await planning.store.finish(
                worker: planning.worker(), lease: lease, outcome: Outcome(.succeeded),
                verdict: .finish(.succeeded))
            #expect(finished)
            try await planning.plan(at: "2026-03-02T00:02:00Z")
            #expect(try await planning.database.pool.standings().map(\.revision) == [1, 2])
        }
    }
}
