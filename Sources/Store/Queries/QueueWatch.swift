import Model
import Postgres
import Recurrence

/// Who serves which queue: for the question why nobody takes a run that is ready.
public struct QueueWatch: Sendable, Hashable {
    /// A worker, as a server of queues.
    public struct Server: Sendable, Hashable {
        public var name: String
        public var queues: [String]
        /// The only clients that it works for; nil is all.
        public var clients: [String]?
        public var slots: Int
        /// How many runs it has in hand.
        public var going: Int
        public var seenAt: Instant
        public var isAlive: Bool

        public init(
            name: String, queues: [String], clients: [String]? = nil, slots: Int = 8, going: Int = 0, seenAt: Instant,
            isAlive: Bool
        ) {
            self.name = name
            self.queues = queues
            self.clients = clients
            self.slots = slots
            self.going = going
            self.seenAt = seenAt
            self.isAlive = isAlive
        }

        func serves(_ queue: String, _ client: String) -> Bool {
            queues.contains(queue) && (clients.map { $0.contains(client) } ?? true)
        }
    }

    var servers: [Server]

    public init(_ servers: [Server]) { self.servers = servers }

    /// The living workers that take runs of this queue for this client.
    public func living(queue: String, client: String) -> [Server] {
        servers.filter { $0.isAlive && $0.serves(queue, client) }
    }

    /// When a worker that took such runs was last there; nil is never, as far back as is looked.
    public func lastSeen(queue: String, client: String) -> Instant? {
        servers.filter { $0.serves(queue, client) }.map(\.seenAt).max()
    }
}

extension Store {
    /// One that was told to take no more serves nobody, though it is there.
    static let selectServers: Statement = """
        select w.name, w.queues, w.clients, w.slots, coalesce(g.going, 0), w.seen_at,
            w.ended_at is null and w.drain_at is null and w.seen_at >= rota.now() - $1::interval
        from rota.worker w
        left join (
            select l.worker_id, sum(cardinality(array_remove(l.runs, null)))::bigint as going
            from rota.lease l group by l.worker_id
        ) g on g.worker_id = w.id
        order by w.seen_at desc
        limit 1000
        """

    /// Who serves which queue, of the thousand workers that were seen last.
    public func queueWatch() async throws -> QueueWatch {
        QueueWatch(
            try await pool.query(Self.selectServers, [PostgresInterval(WorkerState.silence)]).map { row in
                try QueueWatch.Server(
                    name: row.get(0), queues: row.get(1), clients: row.get(2), slots: row.get(3), going: row.get(4),
                    seenAt: row.get(5), isAlive: row.get(6))
            })
    }
}
