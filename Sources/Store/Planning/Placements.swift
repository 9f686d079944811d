import Model
import Postgres
import Recurrence

/// New runs, gathered by the place in which they begin.
struct Placements: Sendable {
    static let insertHeld = NewRuns.statement(
        placeArrays: "$14::text[], $15::text[], $16::timestamptz[]", placeColumns: "hold, why, look_at",
        insert: """

            insert into rota.held (run_id, due_at, assignment_id, hold, why, since, look_at)
            select n.run_id, n.due_at, n.assignment_id, n.hold, n.why, $1, n.look_at from n
            """)

    static let insertReady = NewRuns.statement(
        placeArrays: "$14::timestamptz[], $15::timestamptz[]", placeColumns: "not_before, start_by",
        insert: """
            , placed as (
                insert into rota.ready (run_id, due_at, assignment_id, job_id, revision, client_id, asset_id, queue, lane,
                    priority, not_before, start_by, since, turn, is_due, limits, stream)
                select n.run_id, n.due_at, n.assignment_id, n.job_id, n.revision, n.client_id, n.asset_id, n.queue,
                    'proactive', n.priority, n.not_before, n.start_by, $1, rota.turn(n.not_before, n.priority),
                    n.not_before <= $1, n.limits::bigint[], rota.stream(n.queue, 'proactive')
                from n
            )
            select pg_notify('rota_ready', q.queue) from (select distinct n.queue from n) q
            """)

    static let insertWaiting = NewRuns.statement(
        placeArrays: "$14::text[], $15::text[]", placeColumns: "assignee, checklist",
        insert: """

            insert into rota.waiting (run_id, due_at, assignment_id, waits_for, assignee, checklist, since)
            select n.run_id, n.due_at, n.assignment_id, 'task', n.assignee, n.checklist::jsonb, $1 from n
            """)

    static let insertDone = NewRuns.statement(
        placeArrays: "$14::text[], $15::text[]", placeColumns: "state, reason",
        insert: """

            insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason)
            select n.run_id, n.due_at, n.assignment_id, n.state, $1, 0, n.reason from n
            """)

    private var held = (runs: NewRuns(), columns: HeldColumns())
    private var ready = (runs: NewRuns(), columns: ReadyColumns())
    private var waiting = (runs: NewRuns(), columns: WaitingColumns())
    private var done = (runs: NewRuns(), columns: DoneColumns())

    mutating func add(_ new: NewRun, of origin: RunOrigin) {
        switch new.run.placement {
        case .held(let hold, let why, let lookAt):
            held.runs.add(new, of: origin)
            held.columns.add(hold, why: why, lookAt: lookAt)
        case .ready(let notBefore, let startBy):
            ready.runs.add(new, of: origin)
            ready.columns.add(notBefore: notBefore, startBy: startBy)
        case .waiting(let assignee, let checklist):
            waiting.runs.add(new, of: origin)
            waiting.columns.add(assignee: assignee, checklist: checklist)
        case .done(let state, let reason):
            done.runs.add(new, of: origin)
            done.columns.add(state, reason: reason)
        }
    }

    func statements(now: Instant) throws -> [(Statement, [any PostgresValue])] {
        let all: [(Statement, NewRuns, [any PostgresValue])] = [
            (Self.insertHeld, held.runs, held.columns.parameters),
            (Self.insertReady, ready.runs, ready.columns.parameters),
            (Self.insertWaiting, waiting.runs, try waiting.columns.parameters),
            (Self.insertDone, done.runs, done.columns.parameters),
        ]
        return all.filter { !$0.1.isEmpty }.map { ($0, $1.parameters(now: now) + $2) }
    }
}
