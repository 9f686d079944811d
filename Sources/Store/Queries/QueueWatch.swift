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
        /// So many of its slots are for scheduled work alone.
        public var reserve: Int
        /// How many runs it has in hand, and how many of these somebody asked for.
        public var going: Int
        public var goingReactive: Int
        public var seenAt: Instant
        public var isAlive: Bool

        public init(
            name: String, queues: [String], clients: [String]? = nil, slots: Int = 8, reserve: Int = 0, going: Int = 0,
            goingReactive: Int = 0, seenAt: Instant, isAlive: Bool
        ) {
            self.name = name
            self.queues = queues
            self.clients = clients
            self.slots = slots
            self.reserve = reserve
            self.going = going
            self.goingReactive = goingReactive
            self.seenAt = seenAt
            self.isAlive = isAlive
        }

        public var free: Int { max(0, slots - going) }

        /// Of the free slots those that a run may take for which somebody asked.
        public var freeForReactive: Int { max(0, min(free, slots - reserve - goingReactive)) }

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
            w.ended_at is null and w.drain_at is null and w.seen_at >= rota.now() - $1::interval, w.reserve,
            case when $2 then (
                select count(*) from rota.lease l cross join lateral unnest(l.runs, l.dues) u (run_id, due_at)
                join rota.run r on r.id = u.run_id and r.due_at = u.due_at and r.lane = 'reactive'
                where l.worker_id = w.id) else 0 end
        from rota.worker w
        left join (
            select l.worker_id, sum(cardinality(array_remove(l.runs, null)))::bigint as going
            from rota.lease l group by l.worker_id
        ) g on g.worker_id = w.id
        order by w.seen_at desc
        limit 1000
        """

    /// Who serves which queue, of the thousand workers that were seen last.
    ///
    /// - Parameter lanes: whether it matters how much of what they have in hand somebody asked for.
    public func queueWatch(lanes: Bool = false) async throws -> QueueWatch {
        QueueWatch(
            try await pool.query(Self.selectServers, [PostgresInterval(WorkerState.silence), lanes]).map { row in
                try QueueWatch.Server(
                    name: row.get(0), queues: row.get(1), clients: row.get(2), slots: row.get(3), reserve: row.get(7),
                    going: row.get(4), goingReactive: row.get(8), seenAt: row.get(5), isAlive: row.get(6))
            })
    }
}
