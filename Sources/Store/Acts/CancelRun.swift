import Model
import Postgres

/// What became of the wish to cancel a run.
public enum CancelResult: Sendable, Equatable {
    case cancelled
    /// A worker has it in hand, and has been told to end it.
    case asked(worker: String)
    case alreadyDone(RunState)
    case unknown
}

extension Store {
    static let cancelNotGoing: Statement = """
        with unheld as (
            delete from rota.held where run_id = $1 returning run_id, due_at, assignment_id, attempts, losses
        ), unready as (
            delete from rota.ready where run_id = $1 returning run_id, due_at, assignment_id, attempts, losses
        ), unwaited as (
            delete from rota.waiting where run_id = $1 returning run_id, due_at, assignment_id, attempts, losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'cancelled', rota.now(), g.attempts + g.losses, $2, $3
        from (select * from unheld union all select * from unready union all select * from unwaited) g
        """

    static let cancelLeased: Statement = """
        with lease as materialized (
            select id, runs from rota.lease where $1 = any (runs) for update
        ), asked as (
            insert into rota.cancel_request as c (attempt_id, asked_at, actor, reason)
            select rota.attempt_number(l.id, u.place), rota.now(), $3, $2
            from lease l cross join unnest(l.runs) with ordinality u (run_id, place) where u.run_id = $1
            on conflict (attempt_id) do update
                set asked_at = excluded.asked_at, actor = excluded.actor, reason = excluded.reason
            returning c.attempt_id
        )
        select w.name, pg_notify('rota_cancel', a.attempt_id::text)
        from asked a
        join rota.lease l on l.id = a.attempt_id / 1000
        join rota.worker w on w.id = l.worker_id
        """

    /// Ends a run for good. One that a worker has in hand is ended by that worker, within the time of a renewal.
    public func cancel(run: Int64, reason: String?, actor: String) async throws -> CancelResult {
        try await pool.transaction { connection in
            let act = Act(actor: actor, verb: "cancel", subject: "run/\(run)", reason: reason)
            // A run that moves on while it is looked for is found in its next place the second time.
            for _ in 0..<3 {
                if try await connection.query(Self.cancelNotGoing, [run, reason, actor]).affected > 0 {
                    try await act.record(on: connection)
                    return .cancelled
                }
                if let row = try await connection.query(Self.cancelLeased, [run, reason, actor]).first {
                    try await act.record(on: connection)
                    return .asked(worker: try row.get(0))
                }
                guard let state = try await RunPlace.state(of: run, on: connection) else { return .unknown }
                if !state.isOpen { return .alreadyDone(state) }
            }
            return .unknown
        }
    }
}
