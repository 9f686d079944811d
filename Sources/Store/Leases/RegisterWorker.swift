import Postgres

/// How a worker presents itself.
public struct WorkerProfile: Sendable, Equatable {
    public var name: String
    /// Tells workers of the same name apart.
    public var instance: String
    public var host: String
    public var queues: [String]
    /// Names of the clients for whom it works; nil is all.
    public var clients: [String]?
    /// How many runs it has in hand at most.
    public var slots: Int
    /// How many of its slots no reactive run may take.
    public var reserve: Int

    public init(
        name: String, instance: String, host: String, queues: [String], clients: [String]?, slots: Int, reserve: Int
    ) {
        self.name = name
        self.instance = instance
        self.host = host
        self.queues = queues
        self.clients = clients
        self.slots = slots
        self.reserve = reserve
    }
}

extension Store {
    static let registerWorkerStatement: Statement = "select rota.register_worker($1, $2, $3, $4, $5, $6, $7)"

    /// Makes the worker known, or known again.
    /// - Returns: its number.
    /// - Throws: where the login is not bound to these queues or clients.
    public func registerWorker(_ profile: WorkerProfile) async throws -> Int64 {
        try await pool.query(
            Self.registerWorkerStatement,
            [
                profile.name, profile.instance, profile.host, profile.queues, profile.clients, Int32(profile.slots),
                Int32(profile.reserve),
            ]
        ).only().get(0)
    }

    static let endWorkerStatement: Statement = "select rota.end_worker($1)"

    /// Says that the worker has gone, with nothing left in hand.
    public func endWorker(_ worker: Int64) async throws {
        _ = try await pool.query(Self.endWorkerStatement, [worker])
    }
}
