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
            delete from rota.ready where run_id = any ($2) returning run_id, due_at, assignment_id, attempts, losses
        )
        insert into rota.held (run_id, due_at, assignment_id, hold, why, since, look_at, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, n.hold, n.why, $1, n.look_at, g.attempts, g.losses
        from gone g
        join unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[]) as n (run_id, hold, why, look_at)
            on n.run_id = g.run_id
        """

    /// A reminder that is repeated begins to count its attempts anew.
    static let toReady: Statement = """
        with unheld as (
            delete from rota.held where run_id = any ($2) returning run_id, due_at, attempts, losses
        ), repeated as (
            delete from rota.waiting where run_id = any ($2) returning run_id, due_at, 0::smallint as attempts, losses
        )
        insert into rota.ready
        select f.*
        from (select * from unheld union all select * from repeated) g
        join unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[]) as n (run_id, not_before, start_by)
            on n.run_id = g.run_id
        join rota.run r on r.id = g.run_id and r.due_at = g.due_at
        cross join lateral rota.as_ready(r, $1, n.not_before, n.start_by, g.attempts, g.losses) f
        """

    static let toWaiting: Statement = """
        with gone as (
            delete from rota.held where run_id = any ($2) returning run_id, due_at, assignment_id, attempts, losses
        ), unready as (
            delete from rota.ready where run_id = any ($2) returning run_id, due_at, assignment_id, attempts, losses
        )
        insert into rota.waiting
            (run_id, due_at, assignment_id, waits_for, assignee, checklist, since, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, 'task', n.assignee, n.checklist::jsonb, $1, g.attempts, g.losses
        from (select * from gone union all select * from unready) g
        join unnest($2::bigint[], $3::text[], $4::text[]) as n (run_id, assignee, checklist) on n.run_id = g.run_id
        """

    static let toDone: Statement = """
        with unheld as (
            delete from rota.held where run_id = any ($2) returning run_id, due_at, assignment_id, attempts, losses
        ), unready as (
            delete from rota.ready where run_id = any ($2) returning run_id, due_at, assignment_id, attempts, losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason)
        select g.run_id, g.due_at, g.assignment_id, n.state, $1, g.attempts + g.losses, n.reason
        from (select * from unheld union all select * from unready) g
        join unnest($2::bigint[], $3::text[], $4::text[]) as n (run_id, state, reason) on n.run_id = g.run_id
        """

    let now: Instant

    /// - Returns: whether a run became ready.
    func write(_ moves: [Move], on connection: isolated Connection) async throws -> Bool {
        guard !moves.isEmpty else { return false }
        try await writeHeld(moves, on: connection)
        let becameReady = try await writeReady(moves, on: connection)
        var waiting = WaitingColumns()
        var done = DoneColumns()
        for move in moves {
            waiting.add(move.run.id, due: move.run.due, move.to)
            done.add(move.run.id, due: move.run.due, move.to)
        }
        if !waiting.runs.isEmpty {
            let checklists = try waiting.checklists.map { try JSON(encoding: $0).text }
            _ = try await connection.query(Self.toWaiting, [now, waiting.runs, waiting.assignees, checklists])
        }
        if !done.runs.isEmpty {
            _ = try await connection.query(Self.toDone, [now, done.runs, done.states, done.reasons])
        }
        return becameReady
    }

    private func writeHeld(_ moves: [Move], on connection: isolated Connection) async throws {
        var stay = HeldColumns()
        var come = HeldColumns()
        for move in moves {
            if move.run.place.state == .held {
                stay.add(move.run.id, due: move.run.due, move.to)
            } else {
                come.add(move.run.id, due: move.run.due, move.to)
            }
        }
        if !stay.runs.isEmpty {
            _ = try await connection.query(Self.keepHeld, [stay.runs, stay.holds, stay.whys, stay.lookAts])
        }
        if !come.runs.isEmpty {
            _ = try await connection.query(Self.toHeld, [now, come.runs, come.holds, come.whys, come.lookAts])
        }
    }

    private func writeReady(_ moves: [Move], on connection: isolated Connection) async throws -> Bool {
        var stay = ReadyColumns()
        var come = ReadyColumns()
        for move in moves {
            if move.run.place.state == .ready {
                stay.add(move.run.id, due: move.run.due, move.to)
            } else {
                come.add(move.run.id, due: move.run.due, move.to)
            }
        }
        if !stay.runs.isEmpty {
            _ = try await connection.query(Self.keepReady, [stay.runs, stay.notBefores, stay.startBys])
        }
        if !come.runs.isEmpty {
            _ = try await connection.query(Self.toReady, [now, come.runs, come.notBefores, come.startBys])
        }
        return !come.runs.isEmpty
    }
}
