import Model
import Recurrence
import Store
import Testing

/// On which assets work is planned.
@Suite struct TargetTests {
    /// Servers `a` (2021-03-02, linux), `b` (2021-03-03, linux) and `c` (2019, windows), and a job due at midnight.
    private static func with(
        _ condition: String, _ body: @Sendable (Planning) async throws -> Void
    ) async throws {
        try await Planning.with { planning in
            for (name, purchased, os) in [
                ("a", "2021-03-02", "linux"), ("b", "2021-03-03", "linux"), ("c", "2019-01-01", "windows"),
            ] {
                try await planning.estate.add(
                    Asset(
                        name: name, client: "acme", kind: "server", labels: ["os": os], facts: ["purchased": purchased])
                )
            }
            var job = Jobs.command(cron: "0 0 * * *")
            job.targets = TargetSelector(
                kinds: ["server"], labels: ["os": "linux"], condition: try Selector(parsing: condition))
            try await planning.add(job)
            try await body(planning)
        }
    }

    @Test func `a condition is asked at the moment of planning, and facts age`() async throws {
        try await Self.with("purchased before 5y") { planning in
            try await planning.plan(at: "2026-03-03T00:00:00Z")
            #expect(try await planning.database.pool.standings().map(\.asset) == ["a"])
            try await planning.plan(at: "2026-03-04T00:00:00Z")
            #expect(try await planning.database.pool.standings().map(\.asset) == ["a", "a", "b"])
        }
    }

    @Test func `what somebody asks for is for those alone whom the condition means`() async throws {
        try await Self.with("purchased before 2021-03-03") { planning in
            let all = try await planning.store.requestRuns(job: "job", client: nil, asset: nil, actor: "ann")
            guard case .requested(let runs) = all else {
                Issue.record("\(all)")
                return
            }
            #expect(runs.map(\.asset) == ["a"])
            let other = try await planning.store.requestRuns(job: "job", client: nil, asset: "b", actor: "ann")
            #expect(other == .noTarget("job job has no target 'b'"))
        }
    }

    @Test func `an asset that cannot be read is the trouble of the job that has to know it, and of no other`()
        async throws
    {
        try await Self.with("ram >= 16") { planning in
            var plain = Jobs.command("plain", cron: "0 0 * * *")
            plain.targets = TargetSelector(kinds: ["server"])
            try await planning.add(plain)
            try await planning.database.execute("update rota.asset set definition = '{}' where name = 'b'")
            let pass = try await planning.plan(at: "2026-03-03T00:00:00Z")
            #expect(pass.troubles.map(\.job) == ["job"])
            #expect(try await planning.database.pool.standings().map(\.job) == ["plain", "plain", "plain"])
        }
    }
}
