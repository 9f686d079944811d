import Model
import Postgres
import Recurrence

/// Moves runs that were not going. Each move deletes here and inserts there in one statement; a run that has gone
/// from its place meanwhile (a person completed it) is not moved.
struct MoveWriter: Sendable {
    static let keepHeld: Statement = """
        update rota.held h set hold = n.hold, why = n.why, look_at = n.look_at
        from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[]) as n (run_id, hold, why, look_at)
        where h.run_id = n.run_id
        """

    static let keepReady: Statement = """
        update rota.ready s
        set not_before = n.not_before, start_by = n.start_by, turn = rota.turn(n.not_before, s.priority),
            is_due = s.parked is null and n.not_before <= rota.now()
        from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as n (run_id, not_before, start_by)
        where s.run_id = n.run_id
        """

    static let toHeld: Statement = """
        with gone as (
            delete from rota.ready s
            using unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
                as n (run_id, hold, why, look_at, not_before)
            where s.run_id = n.run_id
            returning s.run_id, s.due_at, s.assignment_id, s.attempts, s.losses, n.hold, n.why, n.look_at, n.not_before
        )
        insert into rota.held (run_id, due_at, assignment_id, hold, why, since, look_at, attempts, losses, not_before)
        select g.run_id, g.due_at, g.assignment_id, g.hold, g.why, $1, g.look_at, g.attempts, g.losses, g.not_before
        from gone g
        """

    /// A reminder that is repeated begins to count its attempts anew.
    static let toReady: Statement = """
        with n as materialized (
            select * from unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[]) as n (run_id, not_before, start_by)
        ), unheld as (
            delete from rota.held h using n where h.run_id = n.run_id
            returning h.run_id, h.due_at, n.not_before, n.start_by, h.attempts, h.losses
        ), repeated as (
            delete from rota.waiting w using n where w.run_id = n.run_id
            returning w.run_id, w.due_at, n.not_before, n.start_by, 0::smallint as attempts, w.losses
        ), placed as (
            insert into rota.ready
            select f.*
            from (select * from unheld union all select * from repeated) g
            join rota.run r on r.id = g.run_id and r.due_at = g.due_at
            cross join lateral rota.as_ready(r, $1, g.not_before, g.start_by, g.attempts, g.losses) f
            returning queue
        )
        select pg_notify('rota_ready', q.queue) from (select distinct queue from placed) q
        """

    static let toWaiting: Statement = """
        with n as materialized (
            select * from unnest($2::bigint[], $3::text[], $4::text[]) as n (run_id, assignee, checklist)
        ), unheld as (
            delete from rota.held h using n where h.run_id = n.run_id
            returning h.run_id, h.due_at, h.assignment_id, h.attempts, h.losses, n.assignee, n.checklist
        ), unready as (
            delete from rota.ready s using n where s.run_id = n.run_id
            returning s.run_id, s.due_at, s.assignment_id, s.attempts, s.losses, n.assignee, n.checklist
        )
        insert into rota.waiting
            (run_id, due_at, assignment_id, waits_for, assignee, checklist, since, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, 'task', g.assignee, g.checklist::jsonb, $1, g.attempts, g.losses
        from (select * from unheld union all select * from unready) g
        """

    static let toDone: Statement = """
        with n as materialized (
            select * from unnest($2::bigint[], $3::text[], $4::text[]) as n (run_id, state, reason)
        ), unheld as (
            delete from rota.held h using n where h.run_id = n.run_id
            returning h.run_id, h.due_at, h.assignment_id, h.attempts, h.losses, n.state, n.reason
        ), unready as (
            delete from rota.ready s using n where s.run_id = n.run_id
            returning s.run_id, s.due_at, s.assignment_id, s.attempts, s.losses, n.state, n.reason
        ), unwaited as (
            delete from rota.waiting w using n where w.run_id = n.run_id
            returning w.run_id, w.due_at, w.assignment_id, w.attempts, w.losses, n.state, n.reason
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason)
        select g.run_id, g.due_at, g.assignment_id, g.state, $1, g.attempts + g.losses, g.reason
        from (select * from unheld union all select * from unready union all select * from unwaited) g
        """

    private var kept = (held: [Int64](), heldColumns: HeldColumns(), ready: [Int64](), readyColumns: ReadyColumns())
    private var held = (runs: [Int64](), columns: HeldColumns(), notBefores: [Instant?]())
    private var ready = (runs: [Int64](), columns: ReadyColumns())
    private var waiting = (runs: [Int64](), columns: WaitingColumns())
    private var done = (runs: [Int64](), columns: DoneColumns())

    mutating func add(_ move: Move) {
        let run = move.run.id
        switch (move.to, move.run.place.state) {
        case (.held(let hold, let why, let lookAt), .held):
            kept.held.append(run)
            kept.heldColumns.add(hold, why: why, lookAt: lookAt)
        case (.held(let hold, let why, let lookAt), _):
            held.runs.append(run)
            held.columns.add(hold, why: why, lookAt: lookAt)
            held.notBefores.append(move.run.notBefore)
        case (.ready(let notBefore, let startBy), .ready):
            kept.ready.append(run)
            kept.readyColumns.add(notBefore: notBefore, startBy: startBy)
        case (.ready(let notBefore, let startBy), _):
            ready.runs.append(run)
            ready.columns.add(notBefore: notBefore, startBy: startBy)
        case (.waiting(let assignee, let checklist), _):
            waiting.runs.append(run)
            waiting.columns.add(assignee: assignee, checklist: checklist)
        case (.done(let state, let reason), _):
            done.runs.append(run)
            done.columns.add(state, reason: reason)
        }
    }

    func statements(now: Instant) throws -> [(Statement, [any PostgresValue])] {
        let all: [(Statement, [any PostgresValue], [Int64], [any PostgresValue])] = [
            (Self.keepHeld, [], kept.held, kept.heldColumns.parameters),
            (Self.keepReady, [], kept.ready, kept.readyColumns.parameters),
            (Self.toHeld, [now], held.runs, held.columns.parameters + [held.notBefores]),
            (Self.toReady, [now], ready.runs, ready.columns.parameters),
            (Self.toWaiting, [now], waiting.runs, try waiting.columns.parameters),
            (Self.toDone, [now], done.runs, done.columns.parameters),
        ]
        return all.filter { !$0.2.isEmpty }.map { statement, first, runs, columns in
            (statement, first + [runs] + columns)
        }
    }
}
