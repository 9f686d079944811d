import Model
import Postgres
import Recurrence

/// A worker as a list shows it.
public struct ListedWorker: Sendable, Hashable {
    public var id: Int64
    public var name: String
    public var instance: String
    public var host: String
    public var queues: [String]
    /// The only clients that it works for; nil is all.
    public var clients: [String]?
    public var slots: Int32
    /// How many of the slots are kept for proactive runs.
    public var reserve: Int32
    /// How many runs it has in hand.
    public var going: Int64
    public var startedAt: Instant
    public var seenAt: Instant
    public var endedAt: Instant?
    /// Since when it is to take no more; nil where it is not told so.
    public var drainAt: Instant?
    /// Who told it to take no more, and why.
    public var drain: DrainOrder?

    /// Where it stands at a moment.
    public func state(now: Instant) -> WorkerState {
        WorkerState(seenAt: seenAt, endedAt: endedAt, drainAt: drainAt, now: now)
    }
}

extension Store {
    static let selectWorkers: Statement = """
        select w.id, w.name, w.instance, w.host, w.queues, w.clients, w.slots, w.reserve, coalesce(g.going, 0),
            w.started_at, w.seen_at, w.ended_at, w.drain_at, w.drain_by, w.drain_reason
        from rota.worker w
        left join (
            select l.worker_id, sum(cardinality(array_remove(l.runs, null)))::bigint as going
            from rota.lease l group by l.worker_id
        ) g on g.worker_id = w.id
        where ($1::text is null or w.name = $1)
            and (w.ended_at is null and w.seen_at >= rota.now() - $2::interval
                    and not exists (
                        select from rota.worker n
                        where n.name = w.name and n.host = w.host and n.id <> w.id and n.started_at >= w.seen_at)
                or w.seen_at >= rota.now() - $3::interval
                or g.going > 0)
        order by w.name, w.started_at, w.id
        """

    /// The workers that are there, that fell silent lately and were not started again on their host, or that have not given
    /// back what they had in hand, by name and age.
    ///
    /// - Parameters:
    ///   - name: only those of this name.
    ///   - silent: how long ago those that did not say goodbye were heard of last; a day unless it is said.
    ///   - gone: also those that were there within this time before now; nil is none.
    public func workers(
        named name: String? = nil, silent: Duration = .seconds(86_400), gone: Duration? = nil
    ) async throws -> [ListedWorker] {
        let parameters: [any PostgresValue] = [
            name, PostgresInterval(silent), gone.map { PostgresInterval($0) },
        ]
        return try await pool.query(Self.selectWorkers, parameters).map { row in
            ListedWorker(
                id: try row.get(0), name: try row.get(1), instance: try row.get(2), host: try row.get(3),
                queues: try row.get(4), clients: try row.get(5), slots: try row.get(6), reserve: try row.get(7),
                going: try row.get(8), startedAt: try row.get(9), seenAt: try row.get(10), endedAt: try row.get(11),
                drainAt: try row.get(12),
                drain: try row.get(13, as: String?.self).map { DrainOrder(actor: $0, reason: try row.get(14)) })
        }
    }
}
