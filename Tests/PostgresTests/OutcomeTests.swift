import Postgres
import TestSupport
import Testing

/// A commit that waits for a standby that never comes is a commit whose end can be chosen.
@Suite struct OutcomeTests {
    @Test func `a connection that dies inside a commit leaves the outcome unknown, and says so`() async throws {
        try await withStuckCommit { connection, observer in
            let process = await connection.serverProcess
            let error = try await whileCommitting(connection, observer) {
                _ = try await observer.query("select pg_terminate_backend($1)", [process])
            }
            #expect(error?.kind == .outcomeUnknown)
            #expect(error?.outcomeIsUnknown == true)
            #expect(error?.operation == "commit")
            #expect(error?.isConnectionProblem == true)
        }
    }

    @Test func `a commit whose wait was cancelled is not taken for a success`() async throws {
        try await withStuckCommit { connection, observer in
            let process = await connection.serverProcess
            let error = try await whileCommitting(connection, observer, cancelling: true) {
                try await untilTrue(
                    "select exists (select from pg_stat_activity where pid = $1 and wait_event = 'SyncRep')",
                    [process], observer)
            }
            #expect(error?.kind == .outcomeUnknown)
            let kept = try await observer.query("select * from things").count
            #expect(kept == 1, "the server reported success although no standby has it")
        }
    }

    @Test func `a statement of its own whose wait was ended tells that its outcome is unknown`() async throws {
        try await withStuckCommit { connection, _ in
            let error = await failure {
                try await connection.query("insert into things values (1)", deadline: .milliseconds(100))
            }
            #expect(error?.kind == .deadline)
            #expect(error?.outcomeIsUnknown == true)
        }
    }

    @Test func `a connection that dies before the commit leaves nothing unknown`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let (connection, observer) = (try await database.connect(), try await database.connect())
            let process = await connection.serverProcess
            let error = await failure {
                try await connection.transaction { connection in
                    _ = try await observer.query("select pg_terminate_backend($1, 10000)", [process])
                    return try await connection.query("select 1")
                }
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.outcomeIsUnknown == false)
            await observer.close()
        }
    }

    @Test func `a statement of its own that the connection's end overtook tells that its outcome is unknown`()
        async throws
    {
        try await TestCluster.shared.withDatabase { database in
            let (connection, observer) = (try await database.connect(), try await database.connect())
            let process = await connection.serverProcess
            async let ended: PostgresError? = failure { try await connection.query("select pg_sleep(600)") }
            try await untilBusy(process, seenBy: observer)
            _ = try await observer.query("select pg_terminate_backend($1)", [process])
            let error = await ended
            #expect(error?.kind == .connectionLost)
            #expect(error?.outcomeIsUnknown == true)
            await observer.close()
        }
    }

    /// What a transaction failed with to which `event` happened while it was committing.
    private func whileCommitting(
        _ connection: Connection, _ observer: Connection, cancelling: Bool = false, _ event: () async throws -> Void
    ) async throws -> PostgresError? {
        let process = await connection.serverProcess
        return try await withThrowingTaskGroup(of: PostgresError?.self) { group in
            group.addTask {
                await failure {
                    try await connection.transaction { try await $0.query("insert into things values (1)") }
                }
            }
            try await untilTrue(
                "select exists (select from pg_stat_activity where pid = $1 and wait_event = 'SyncRep')",
                [process], observer)
            try await event()
            if cancelling { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func withStuckCommit(_ body: (Connection, Connection) async throws -> Void) async throws {
        let cluster = try await Cluster.start(ClusterOptions(settings: ["synchronous_standby_names": "nobody"]))
        let connection = try await Connection.connect(cluster.configuration())
        let observer = try await Connection.connect(
            Configuration(cluster.conninfo(), overrides: ["options": "-c synchronous_commit=local"]))
        try await observer.execute("create table things (n int)")
        try await body(connection, observer)
        await connection.close()
        await observer.close()
    }
}
