import Model
import Postgres

/// An attempt whose lease ran out.
public struct LostAttempt: Sendable, Equatable {
    public var attempt: Int64
    public var run: Int64
    public var worker: String
    public var verdict: Verdict
}

extension Store {
    static let lockExpired: Statement = """
        select l.attempt_id, l.run_id, w.name, l.losses, l.cancel_at is not null
        from rota.leased l join rota.worker w on w.id = l.worker_id
        where l.expires_at < rota.now() - $1::interval
        order by l.expires_at
        limit $2
        for update of l skip locked
        """

    static let endLost: Statement = """
        with moment as materialized (select rota.now() as now),
        gone as (
            delete from rota.leased l
            using unnest($1::bigint[], $2::text[]) as n (attempt_id, next)
            where l.attempt_id = n.attempt_id
            returning l.*, n.next
        ), noted as (
            insert into rota.attempt (id, run_id, number, worker_id, leased_at, ended_at, ended_as, message)
            select g.attempt_id, g.run_id, g.attempts + g.losses + 1, g.worker_id, g.leased_at, m.now, 'lost',
                'the worker did not renew its lease'
            from gone g, moment m
        ), ended as (
            insert into rota.done (run_id, state, finished_at, started_at, attempts, attempt_id, worker_id, reason,
                actor)
            select g.run_id, g.next, m.now, g.leased_at, g.attempts + g.losses + 1, g.attempt_id, g.worker_id,
                'its worker was lost', g.cancel_by
            from gone g, moment m where g.next <> 'ready'
        ), again as (
            insert into rota.ready (run_id, assignment_id, client_id, queue, lane, priority, not_before, start_by,
                since, attempts, losses)
            select g.run_id, g.assignment_id, r.client_id, r.queue, r.lane, r.priority, m.now, g.start_by, m.now,
                g.attempts, g.losses + 1
            from gone g join rota.run r on r.id = g.run_id, moment m where g.next = 'ready'
            returning assignment_id, queue
        ), woken as (
            update rota.assignment a set wake_at = least(a.wake_at, m.now)
            from moment m
            where a.id = any (array(
                select w.id from rota.assignment w
                where w.removed_at is null and w.id in (select assignment_id from again)
                order by w.id for no key update))
        )
        select count(pg_notify('rota_ready', q.queue)) from (select distinct queue from again) q
        """

    /// Ends the attempts whose leases ran out longer than the grace ago, and makes their runs ready again, or ends
    /// them where the verdict says so.
    public func endLostLeases(grace: Duration, most: Int = 500) async throws -> [LostAttempt] {
        try await pool.transaction { connection in
            let lost = try await connection.query(
                Self.lockExpired, [PostgresInterval(grace), Int32(most)]
            ).map { row in
                try LostAttempt(
                    attempt: row.get(0), run: row.get(1), worker: row.get(2),
                    verdict: .onLoss(lossesBefore: Int(row.get(3, as: Int16.self)), cancelled: row.get(4)))
            }
            guard !lost.isEmpty else { return [] }
            let nexts = lost.map { $0.verdict.nextState.rawValue }
            _ = try await connection.query(Self.endLost, [lost.map(\.attempt), nexts])
            return lost
        }
    }
}
