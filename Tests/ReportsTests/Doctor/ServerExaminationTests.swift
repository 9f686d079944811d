import Postgres
import Recurrence
import Store
import TestSupport
import Testing

@testable import Reports

/// Servers that are set up wrongly, each of its own.
struct ServerExaminationTests {
    /// What is not well with a server, as `fail durability: fsync …`.
    private static func complaints(_ configuration: Configuration) async throws -> [String] {
        let pool = Pool(configuration, size: 1)
        do {
            let checks = try await Examination(store: Store(pool: pool), libpq: 150_018, isDeep: false) {
                .distantPast
            }.server()
            await pool.close()
            return checks.filter { $0.result != .ok }.map { "\($0.result.rawValue) \($0.name): \($0.seen)" }
        } catch {
            await pool.close()
            throw error
        }
    }

    private static let alone =
        "warn replication: no synchronous standby: what was acknowledged survives a crash of the server, and is lost "
        + "with its disk or in a fail-over"

    /// The server reads its new settings in its own time; once it has, each commit waits for the standby.
    private static func waitUntilSynchronous(_ primary: Cluster) async throws {
        let connection = try await Connection.connect(primary.configuration())
        let isThere: Statement = "select exists (select from pg_stat_replication where sync_state = 'sync')"
        for _ in 0..<100_000 {
            if try await connection.query(isThere).only().get(0) { break }
            try await connection.execute("begin; select txid_current(); commit")
        }
        await connection.close()
    }

    @Test func `settings that lose data, and a server that is full, are told; also in an empty database`() async throws
    {
        let cluster = try await Cluster.start(
            ClusterOptions(fsync: true, maxConnections: 10, settings: ["superuser_reserved_connections": "1"]))
        #expect(try await Self.complaints(cluster.configuration()) == [Self.alone])

        let admin = try await Connection.connect(cluster.configuration())
        for setting in ["fsync = off", "autovacuum = off", "synchronous_standby_names = 'gone'"] {
            try await admin.execute("alter system set \(setting)")
        }
        try await admin.execute("create database latin encoding 'LATIN1' template template0")
        try await admin.execute("alter database latin set default_transaction_read_only = on")
        try await cluster.restart()
        var others: [Connection] = []
        for _ in 0..<8 { others.append(try await Connection.connect(cluster.configuration())) }
        #expect(
            try await Self.complaints(cluster.configuration(database: "latin")) == [
                "fail encoding: the database keeps text as LATIN1",
                "fail writable: transactions are read-only: default_transaction_read_only is on",
                "fail durability: fsync off: after a crash of the machine the database may be broken",
                "fail replication: commits wait for gone, of which 1 must be there, and 0 are: every commit waits",
                "fail connections: 9 of 9 are in use",
            ])
        for other in others { await other.close() }
        let check = Check.autovacuum(try await Store(pool: Pool(cluster.configuration(), size: 1)).serverHealth(), [])
        #expect(check.result == .fail)
    }

    @Test func `a synchronous standby is told, and its end, and a standby as what takes no writes`() async throws {
        let primary = try await Cluster.start(ClusterOptions(fsync: true))
        let standby = try await primary.startSynchronousStandby()
        try await Self.waitUntilSynchronous(primary)
        #expect(try await Self.complaints(primary.configuration()) == [])
        #expect(
            try await Self.complaints(standby.configuration()).contains(
                "fail writable: the server is a standby, which takes no writes"))
        try await standby.stop(.immediate)
        #expect(
            try await Self.complaints(primary.configuration()) == [
                "fail replication: commits wait for standby, of which 1 must be there, and 0 are: every commit waits"
            ])
    }
}
