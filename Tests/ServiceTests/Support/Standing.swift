import Postgres
import Recurrence
import Store

/// Where a run stands, as a test looks at it: read from all places at once, and from none of the program's own queries.
struct Standing: Sendable {
    var run: Int64
    var job: String
    var asset: String?
    var due: Instant
    var lane: String
    /// `held`, `ready`, `leased`, `waiting`, or how it ended.
    var state: String
    /// The gate that holds it.
    var hold: String?
    /// Why it is held, or why it ended so.
    var reason: String?
    /// When a scheduler looks at it again.
    var lookAt: Instant?
    var startBy: Instant?
    var revision: Int32
}

extension Pool {
    /// All runs, in the order of their jobs, moments and targets.
    func standings() async throws -> [Standing] {
        try await query(
            """
            select r.id, j.name, s.name, r.due_at, r.lane, p.state, p.hold, p.reason, p.look_at, p.start_by, r.revision
            from rota.run r
            join rota.job j on j.id = r.job_id
            left join rota.asset s on s.id = r.asset_id
            left join (
                select run_id, 'held', hold, why, look_at, null::timestamptz from rota.held
                union all select run_id, 'ready', null, null, null, start_by from rota.ready
                union all select run_id, 'leased', null, null, null, start_by from rota.leased
                union all select run_id, 'waiting', null, waits_for, look_at, null from rota.waiting
                union all select run_id, state, null, reason, null, null from rota.done
            ) p (run_id, state, hold, reason, look_at, start_by) on p.run_id = r.id
            order by j.name, r.due_at, s.name, r.id
            """
        ).map { row in
            try Standing(
                run: row.get(0), job: row.get(1), asset: row.get(2), due: row.get(3), lane: row.get(4),
                state: row.get(5, as: String?.self) ?? "nowhere", hold: row.get(6), reason: row.get(7),
                lookAt: row.get(8), startBy: row.get(9), revision: row.get(10))
        }
    }

    /// The only run that there is.
    func standing() async throws -> Standing {
        let all = try await standings()
        guard let only = all.first, all.count == 1 else { throw UnexpectedRuns(all: all) }
        return only
    }

    /// How an attempt of a run ended, in the order in which they were begun.
    func attempts(of run: Int64) async throws -> [String] {
        try await query("select ended_as from rota.attempt where run_id = $1 order by id", [run]).map { try $0.get(0) }
    }

    func value<T: PostgresValue>(
        _ statement: Statement, _ parameters: [any PostgresValue] = [], as type: T.Type = T.self
    ) async throws -> T {
        try await query(statement, parameters).only().get(0)
    }
}

/// Where one run was expected, there are these.
struct UnexpectedRuns: Error, CustomStringConvertible {
    let all: [Standing]
    var description: String { "one run was expected, and there are \(all.count): \(all)" }
}
