import Glibc
import Postgres
import TestSupport
import Testing

@Suite struct DeadlineTests {
    @Test func `a statement that takes too long is ended at the server, and the connection stays`() async throws {
        try await withConnection { connection in
            let process = await connection.serverProcess
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("select pg_sleep(600)", deadline: .milliseconds(50))
            }
            #expect(error?.kind == .deadline)
            #expect(error?.outcomeIsUnknown == false)
            #expect(error?.statement == "select pg_sleep(600)")
            let present: Int32 = try await connection.value("select pg_backend_pid()")
            #expect(present == process)
        }
    }

    @Test func `the connection's own deadline holds where a call names none`() async throws {
        try await TestCluster.shared.withDatabase { database in
            var configuration = database.configuration
            configuration.deadline = .milliseconds(50)
            let connection = try await Connection.connect(configuration)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute("select pg_sleep(600)")
            }
            #expect(error?.kind == .deadline)
            await connection.close()
        }
    }

    @Test func `a server process that hangs is left`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let connection = try await database.connect()
            let process = await connection.serverProcess
            _ = try await connection.query("select 1")
            kill(process, SIGSTOP)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("select 1", deadline: .milliseconds(50))
            }
            kill(process, SIGCONT)
            #expect(error?.kind == .deadline)
            #expect(error?.outcomeIsUnknown == true)
            #expect(await connection.isOpen == false)
        }
    }

    @Test func `a network that fell silent is left, even by a large statement that cannot be sent`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        let proxy = try Proxy(to: cluster)
        let configuration = Configuration("host=127.0.0.1 port=\(proxy.port) user=postgres dbname=postgres")
        let (small, large) = (try await Connection.connect(configuration), try await Connection.connect(configuration))
        _ = try await small.query("select 1")
        _ = try await large.query("select length($1)", [[UInt8]([1])])
        proxy.fallSilent()
        let megabytes = [UInt8](repeating: 1, count: 8_000_000)
        async let first: Void = expectDeadline(small, "select 1", [])
        async let second: Void = expectDeadline(large, "select length($1)", [megabytes])
        _ = try await (first, second)
        proxy.cut()
    }

    private func expectDeadline(
        _ connection: Connection, _ statement: Statement, _ values: [any PostgresValue]
    ) async throws {
        let clock = ContinuousClock()
        let took = await clock.measure {
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query(statement, values, deadline: .seconds(1))
            }
            #expect(error?.kind == .deadline)
            // Unless the deadline passed before a byte was sent, which leaves nothing in doubt.
            #expect(await connection.isOpen != error?.outcomeIsUnknown)
        }
        #expect(took >= .seconds(1))
    }

    @Test func `what only prepares a statement leaves nothing in doubt`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let connection = try await database.connect()
            let process = await connection.serverProcess
            kill(process, SIGSTOP)
            let error = await failure { try await connection.query("select 1", deadline: .milliseconds(50)) }
            kill(process, SIGCONT)
            #expect(error?.kind == .deadline)
            #expect(error?.outcomeIsUnknown == false)
            #expect(await connection.isOpen == false)
        }
    }

    @Test func `a deadline in the past sends nothing`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int)")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("insert into things values (1)", deadline: .zero)
            }
            #expect(error?.kind == .deadline)
            #expect(error?.outcomeIsUnknown == false)
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
        }
    }
}
