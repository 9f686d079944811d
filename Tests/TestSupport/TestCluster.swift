import Postgres

/// The one server that all tests of a process share, started when the first of them asks.
///
/// Each test has a database of its own, cloned from a template that is prepared once. At most 16 are there at a time, so
/// that their connections do not run out: a test that finds none waits.
public final class TestCluster: Sendable {
    public static let shared = TestCluster()

    private let server = SingleFlight<String, (Cluster, Connection)>()
    private let templates = SingleFlight<String, String>()
    private let places = Turnstile(16)
    private let names = Counter()

    /// The server itself. Other tests live on it: to stop or kill one, start a `Cluster` of your own.
    public func cluster() async throws -> Cluster {
        try await started().0
    }

    /// A database of the test's own. Drop it at the end, or use `withDatabase`.
    ///
    /// - Parameters:
    ///   - template: where given, `prepare` runs once for each such name in this process, on a database that is then
    ///     cloned; otherwise it runs each time.
    ///   - prepare: what makes the database what the test needs: its schema.
    public func database(
        template: String? = nil, prepare: @escaping @Sendable (isolated Connection) async throws -> Void = { _ in }
    ) async throws -> TestDatabase {
        let (cluster, admin) = try await started()
        await places.enter()
        do {
            let name = "test_\(names.next())"
            if let template {
                let source = try await templates.value(for: template) {
                    try await self.create("template_\(self.names.next())", cluster, admin, prepare)
                }
                try await create(name, from: source, admin)
            } else {
                _ = try await create(name, cluster, admin, prepare)
            }
            return TestDatabase(name: name, cluster: cluster) { try await self.drop(name, admin) }
        } catch {
            await places.leave()
            throw error
        }
    }

    /// Runs `body` with a database of its own, which is dropped after it.
    public func withDatabase<T: Sendable>(
        template: String? = nil,
        prepare: @escaping @Sendable (isolated Connection) async throws -> Void = { _ in },
        _ body: (TestDatabase) async throws -> T
    ) async throws -> T {
        let database = try await database(template: template, prepare: prepare)
        do {
            let value = try await body(database)
            try await database.drop()
            return value
        } catch {
            try await database.drop()
            throw error
        }
    }

    private func started() async throws -> (Cluster, Connection) {
        try await server.value(for: "shared") {
            let cluster = try await Cluster.start(ClusterOptions(maxConnections: 300))
            return (cluster, try await Connection.connect(cluster.configuration()))
        }
    }

    private func create(
        _ name: String, _ cluster: Cluster, _ admin: Connection,
        _ prepare: @Sendable (isolated Connection) async throws -> Void
    ) async throws -> String {
        try await create(name, from: "template1", admin)
        let connection = try await Connection.connect(cluster.configuration(database: name))
        try await prepare(connection)
        await connection.close()
        return name
    }

    private func create(_ name: String, from template: String, _ admin: Connection) async throws {
        let names = (Identifier(name).quoted, Identifier(template).quoted)
        try await admin.execute("create database \(names.0) template \(names.1)")
    }

    private func drop(_ name: String, _ admin: Connection) async throws {
        try await admin.execute("drop database \(Identifier(name).quoted) with (force)")
        await places.leave()
    }
}
