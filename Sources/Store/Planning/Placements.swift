import Model
import Postgres
import Recurrence

/// New runs, gathered by the place in which they begin.
struct Placements: Sendable {
    static let insertHeld: Statement = """
        insert into rota.held (run_id, due_at, assignment_id, hold, why, since, look_at)
        select n.run_id, n.due_at, $1, n.hold, n.why, $2, n.look_at
        from unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::timestamptz[])
            as n (run_id, due_at, hold, why, look_at)
        """

    static let insertReady: Statement = """
        insert into rota.ready
        select f.*
        from unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
            as n (run_id, due_at, not_before, start_by)
        join rota.run r on r.id = n.run_id and r.due_at = n.due_at
        cross join lateral rota.as_ready(r, $1, n.not_before, n.start_by, 0::smallint, 0::smallint) f
        """

    static let insertWaiting: Statement = """
        insert into rota.waiting (run_id, due_at, assignment_id, waits_for, assignee, checklist, since)
        select n.run_id, n.due_at, $1, 'task', n.assignee, n.checklist::jsonb, $2
        from unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::text[])
            as n (run_id, due_at, assignee, checklist)
        """

    static let insertDone: Statement = """
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason)
        select n.run_id, n.due_at, $1, n.state, $2, 0, n.reason
        from unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::text[]) as n (run_id, due_at, state, reason)
        """

    let assignment: Int64
    let now: Instant
    private var held = HeldColumns()
    private var ready = ReadyColumns()
    private var waiting = WaitingColumns()
    private var done = DoneColumns()

    init(assignment: Int64, now: Instant) {
        self.assignment = assignment
        self.now = now
    }

    var hasReady: Bool { !ready.runs.isEmpty }

    mutating func add(_ run: Int64, due: Instant, _ placement: Placement) {
        held.add(run, due: due, placement)
        ready.add(run, due: due, placement)
        waiting.add(run, due: due, placement)
        done.add(run, due: due, placement)
    }

    func insert(on connection: isolated Connection) async throws {
        if !held.runs.isEmpty {
            let values: [any PostgresValue] = [
                assignment, now, held.runs, held.dues, held.holds, held.whys, held.lookAts,
            ]
            _ = try await connection.query(Self.insertHeld, values)
        }
        if !ready.runs.isEmpty {
            let values: [any PostgresValue] = [now, ready.runs, ready.dues, ready.notBefores, ready.startBys]
            _ = try await connection.query(Self.insertReady, values)
        }
        if !waiting.runs.isEmpty {
            let checklists = try waiting.checklists.map { try JSON(encoding: $0).text }
            let values: [any PostgresValue] = [
                assignment, now, waiting.runs, waiting.dues, waiting.assignees, checklists,
            ]
            _ = try await connection.query(Self.insertWaiting, values)
        }
        if !done.runs.isEmpty {
            _ = try await connection.query(
                Self.insertDone, [assignment, now, done.runs, done.dues, done.states, done.reasons])
        }
    }
}
