import Postgres
import Recurrence

/// A worker as a list shows it.
public struct ListedWorker: Sendable, Hashable {
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
}

extension Store {
    static let selectWorkers: Statement = """
        select w.name, w.instance, w.host, w.queues, w.clients, w.slots, w.reserve,
            (select count(*) from rota.leased l where l.worker_id = w.id), w.started_at, w.seen_at
        from rota.worker w
        where w.ended_at is null and w.seen_at > rota.now() - interval '1 hour' and ($1::text is null or w.name = $1)
        order by w.name, w.started_at
        """

    /// The workers that have not ended and were seen within the last hour, by name, or only those of one name.
    public func workers(named name: String? = nil) async throws -> [ListedWorker] {
        try await pool.query(Self.selectWorkers, [name]).map { row in
            ListedWorker(
                name: try row.get(0), instance: try row.get(1), host: try row.get(2), queues: try row.get(3),
                clients: try row.get(4), slots: try row.get(5), reserve: try row.get(6), going: try row.get(7),
                startedAt: try row.get(8), seenAt: try row.get(9))
        }
    }
}
