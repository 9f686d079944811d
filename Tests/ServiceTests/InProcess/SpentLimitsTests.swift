import Model
import Postgres
import Recurrence
import Store
import Testing

/// Limits of occurrences that are over are removed, and none that a run needs.
@Suite struct SpentLimitsTests {
    private static let keys: Statement = "select key from rota.limit_group order by key"

    /// Groups that open runs name and that are not there.
    private static let missing: Statement = """
        select count(*) from (
            select h.run_id, h.due_at from rota.held h union all select r.run_id, r.due_at from rota.ready r
        ) o
        join rota.run r on r.id = o.run_id and r.due_at = o.due_at
        cross join lateral unnest(r.limits) g
        where not exists (select from rota.limit_group l where l.id = g)
        """

    private static let lockAssignments: Statement = "select id from rota.assignment for update"

    private static func documents(across: Rollout.Across = .client) -> [Definition] {
        [
            Fleet.client("acme"), Fleet.server("one"), Fleet.server("two"),
            Fleet.job("patch") { job in
                job.exclusive = true
                job.rollout = Rollout(
                    rings: across == .clients ? [.init(match: [:])] : nil, atOnce: .number(1), across: across)
            },
        ]
    }

    private static func keys(_ fleet: Fleet) async throws -> [String] {
        try await fleet.planning.database.pool.query(keys).map { try $0.get(0) }
    }

    @Test func `the limit of an occurrence goes when nothing of it is open, and that of an asset stays`() async throws {
        try await Fleet.with(Self.documents()) { fleet in
            try await fleet.plan("02T09:00")
            #expect(try await fleet.store.removeSpentLimits() == 0, "both runs wait")
            #expect(try await fleet.work() == ["one"])
            #expect(try await fleet.store.removeSpentLimits() == 0, "one run waits")
            let lease = try #require(try await fleet.planning.lease(fleet.worker).first)
            #expect(try await fleet.store.removeSpentLimits() == 0, "one run is at work")
            try await fleet.end(lease)
            #expect(try await fleet.store.removeSpentLimits() == 1)
            #expect(try await Self.keys(fleet) == ["exclusive/one", "exclusive/two"])
            try await fleet.plan("03T09:00")
            #expect(try await fleet.work() == ["one"], "the next has a limit of its own")
            #expect(try await fleet.work() == ["two"])
        }
    }

    @Test func `while somebody plans an assignment its limits stay`() async throws {
        try await Fleet.with(Self.documents()) { fleet in
            try await fleet.plan("02T09:00")
            for _ in 1...2 { try await fleet.work() }
            let removed = try await fleet.planning.database.pool.transaction { connection in
                _ = try await connection.query(Self.lockAssignments)
                return try await fleet.store.removeSpentLimits()
            }
            #expect(removed == 0)
            #expect(try await fleet.store.removeSpentLimits() == 1)
        }
    }

    @Test func `one over all clients stays as long as its local time is not past everywhere`() async throws {
        try await Fleet.with(Self.documents(across: .clients)) { fleet in
            try await fleet.plan("02T09:00")
            try await fleet.plan("02T09:01")
            for _ in 1...2 { try await fleet.work() }
            #expect(try await Self.keys(fleet).contains { $0.hasPrefix("occurrence/patch/*/2026-03-02") })
            #expect(try await fleet.store.removeSpentLimits() == 0)
            try await fleet.plan("05T10:00")
            #expect(try await fleet.store.removeSpentLimits() > 0)
            #expect(try await Self.keys(fleet).contains { $0.hasPrefix("occurrence/patch/*/2026-03-02") } == false)
        }
    }

    @Test func `removing while others plan and work leaves no run without its limits`() async throws {
        try await Fleet.with(Self.documents()) { fleet in
            for day in 2...9 {
                try await fleet.planning.database.setClock(Fleet.text("0\(day)T09:00"))
                try await withThrowingTaskGroup { group in
                    group.addTask { try await fleet.plan() }
                    group.addTask { for _ in 1...5 { _ = try await fleet.store.removeSpentLimits() } }
                    group.addTask { for _ in 1...5 { try await fleet.work() } }
                    try await group.waitForAll()
                }
                let missing: Int64 = try await fleet.planning.database.pool.query(Self.missing).only().get(0)
                #expect(missing == 0)
                // What was being looked at for its limits is not planned at that moment, but with the next.
                for _ in 1...4 { try await fleet.work() }
                #expect(try await fleet.standing("patch") == [:], "all of the day is done")
            }
        }
    }
}
