import Postgres
import TestSupport
import Testing

@Suite struct CancellationTests {
    @Test func `cancelling a task ends its statement at the server, and the connection stays`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let (connection, observer) = (try await database.connect(), try await database.connect())
            let process = await connection.serverProcess
            let error = try await cancelled(when: { try await untilBusy(process, seenBy: observer) }) {
                try await connection.query("select pg_sleep(600)")
            }
            #expect(error?.kind == .cancelled)
            #expect(error?.outcomeIsUnknown == false)
            let present: Int32 = try await connection.value("select pg_backend_pid()")
            #expect(present == process)
            await connection.close()
            await observer.close()
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int)")
            let error = try await cancelled(when: {}) {
                while !Task.isCancelled { await Task.yield() }
                return try await connection.query("insert into things values (1)")
            }
            #expect(error?.kind == .cancelled)
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
        }
    }

    @Test func `a transaction in a cancelled task is rolled back, and the connection stays`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let (connection, observer) = (try await database.connect(), try await database.connect())
            try await connection.execute("create table things (n int)")
            let process = await connection.serverProcess
            let error = try await cancelled(when: { try await untilBusy(process, seenBy: observer) }) {
                try await connection.transaction { connection in
                    _ = try await connection.query("insert into things values (1)")
                    return try await connection.query("select pg_sleep(600)")
                }
            }
            #expect(error?.kind == .cancelled)
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
            #expect(await connection.serverProcess == process)
            await connection.close()
            await observer.close()
        }
    }

    @Test func `one task's cancellation never hits another's statement`() async throws {
        try await withConnection { connection in
            for _ in 0..<200 {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        do {
                            _ = try await connection.query("select count(*) from generate_series(1, 2000)")
                        } catch {
                            #expect((error as? PostgresError)?.kind == .cancelled)
                        }
                    }
                    await Task.yield()
                    group.cancelAll()
                }
                let answers = try await connection.answers()
                #expect(answers)
            }
        }
    }

    /// What `body` failed with when its task was cancelled after `moment`.
    private func cancelled(
        when moment: () async throws -> Void, _ body: @escaping @Sendable () async throws -> Rows
    ) async throws -> PostgresError? {
        try await withThrowingTaskGroup(of: PostgresError?.self) { group in
            group.addTask {
                do {
                    _ = try await body()
                    return nil
                } catch let error as PostgresError {
                    return error
                }
            }
            try await moment()
            group.cancelAll()
            return try await group.next() ?? nil
        }
    }
}
