import Postgres

/// A database that one test has to itself.
public struct TestDatabase: Sendable {
    public let name: String
    public let cluster: Cluster
    private let dropping: @Sendable () async throws -> Void

    init(name: String, cluster: Cluster, drop: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.cluster = cluster
        self.dropping = drop
    }

    public var conninfo: String { cluster.conninfo(database: name) }

    public var configuration: Configuration { Configuration(conninfo) }

    public func connect() async throws -> Connection {
        try await Connection.connect(configuration)
    }

    public func pool(size: Int = 4) -> Pool {
        Pool(configuration, size: size)
    }

    /// Ends its sessions and removes it.
    public func drop() async throws {
        try await dropping()
    }
}
