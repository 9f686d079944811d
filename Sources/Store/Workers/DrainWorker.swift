import Model
import Postgres
import Recurrence

/// A worker that was told to take no more.
public struct DrainingWorker: Sendable, Hashable {
    public var id: Int64
    public var host: String
    /// How many runs it had in hand when it was told.
    public var going: Int64
}

extension Store {
    static let markDraining: Statement = """
        with marked as (
            update rota.worker w
            set drain_at = coalesce(w.drain_at, rota.now()), drain_by = coalesce(w.drain_by, $3),
                drain_reason = case when w.drain_at is null then $4 else w.drain_reason end
            where w.id = any (array(
                select a.id from rota.worker a
                where a.name = $1 and a.ended_at is null and a.seen_at >= rota.now() - $2::interval
                order by a.id for no key update))
            returning w.id, w.host
        ), told as (
            select pg_notify('rota_drain', m.id::text) from marked m
        )
        select m.id, m.host, (
            select coalesce(sum(cardinality(array_remove(l.runs, null))), 0)::bigint
            from rota.lease l where l.worker_id = m.id)
        from marked m
        where (select count(*) from told) > 0
        order by m.id
        """

    /// Tells the workers of a name that are alive to take no more, and to end once what they have in hand is done. One
    /// that was told before is told again, and keeps who told it first.
    ///
    /// - Returns: whom it told; none where nobody of that name is alive, of which nothing is recorded.
    public func drain(worker name: String, reason: String?, actor: String) async throws -> [DrainingWorker] {
        try await pool.transaction { connection in
            let workers = try await connection.query(
                Self.markDraining, [name, PostgresInterval(WorkerState.silence), actor, reason]
            ).map { row in
                DrainingWorker(id: try row.get(0), host: try row.get(1), going: try row.get(2))
            }
            if !workers.isEmpty {
                try await Act(
                    actor: actor, verb: "drain", subject: "worker/\(name)", reason: reason,
                    detail: try JSON(encoding: ["hosts": workers.map(\.host)])
                ).record(on: connection)
            }
            return workers
        }
    }

    static let selectDraining: Statement = """
        select w.id, w.seen_at, w.ended_at, w.drain_at, rota.now() from rota.worker w where w.id = any ($1)
        """

    /// Where these workers stand, by their numbers.
    public func states(ofWorkers workers: [Int64]) async throws -> [Int64: WorkerState] {
        var states: [Int64: WorkerState] = [:]
        for row in try await pool.query(Self.selectDraining, [workers]) {
            states[try row.get(0)] = WorkerState(
                seenAt: try row.get(1), endedAt: try row.get(2), drainAt: try row.get(3), now: try row.get(4))
        }
        return states
    }
}
