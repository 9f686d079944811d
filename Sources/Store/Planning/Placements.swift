import Model
import Postgres
import Recurrence

/// New runs, gathered by the place in which they begin.
struct Placements: Sendable {
    static let insertHeld: Statement = """
        insert into rota.held (run_id, assignment_id, hold, why, since, look_at)
        select n.run_id, $1, n.hold, n.why, $2, n.look_at
        from unnest($3::bigint[], $4::text[], $5::text[], $6::timestamptz[]) as n (run_id, hold, why, look_at)
        """

    static let insertReady: Statement = """
        insert into rota.ready
            (run_id, assignment_id, client_id, queue, lane, priority, not_before, start_by, since)
        select n.run_id, $1, r.client_id, r.queue, r.lane, r.priority, n.not_before, n.start_by, $2
        from unnest($3::bigint[], $4::timestamptz[], $5::timestamptz[]) as n (run_id, not_before, start_by)
        join rota.run r on r.id = n.run_id
        """

    static let insertWaiting: Statement = """
        insert into rota.waiting (run_id, assignment_id, waits_for, assignee, checklist, since)
        select n.run_id, $1, 'task', n.assignee, n.checklist::jsonb, $2
        from unnest($3::bigint[], $4::text[], $5::text[]) as n (run_id, assignee, checklist)
        """

    static let insertDone: Statement = """
        insert into rota.done (run_id, state, finished_at, attempts, reason)
        select n.run_id, n.state, $1, 0, n.reason
        from unnest($2::bigint[], $3::text[], $4::text[]) as n (run_id, state, reason)
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

    mutating func add(_ run: Int64, _ placement: Placement) {
        held.add(run, placement)
        ready.add(run, placement)
        waiting.add(run, placement)
        done.add(run, placement)
    }

    func insert(on connection: isolated Connection) async throws {
        if !held.runs.isEmpty {
            let values: [any PostgresValue] = [assignment, now, held.runs, held.holds, held.whys, held.lookAts]
            _ = try await connection.query(Self.insertHeld, values)
        }
        if !ready.runs.isEmpty {
            let values: [any PostgresValue] = [assignment, now, ready.runs, ready.notBefores, ready.startBys]
            _ = try await connection.query(Self.insertReady, values)
        }
        if !waiting.runs.isEmpty {
            let checklists = try waiting.checklists.map { try JSON(encoding: $0).text }
            let values: [any PostgresValue] = [assignment, now, waiting.runs, waiting.assignees, checklists]
            _ = try await connection.query(Self.insertWaiting, values)
        }
        if !done.runs.isEmpty {
            _ = try await connection.query(Self.insertDone, [now, done.runs, done.states, done.reasons])
        }
    }
}
