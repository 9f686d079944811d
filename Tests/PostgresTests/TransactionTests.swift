import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
    @Test func `a transaction whose client stands still is ended by the server, and its locks are free`() async throws {
        try await TestCluster.shared.withDatabase { database in
            var configuration = database.configuration
            configuration.transactionPatience = .milliseconds(50)
            let (still, other) = (try await Connection.connect(configuration), try await database.connect())
            try await other.execute("create table t (a int); insert into t values (1)")
            let error = await #expect(throws: PostgresError.self) {
                try await still.transaction { connection in
                    _ = try await connection.query("select a from t for update")
                    // Waits for the lock, and so until the server has ended the transaction that has it.
                    _ = try await other.query("update t set a = 2")
                    _ = try await connection.query("select a from t")
                }
            }
            #expect(error?.sqlState == "25P03")
            await other.close()
        }
    }

    @Test func `a transaction is kept when its body returns and undone when it throws`() async throws {
        struct Stop: Error {}
        try await withThings { connection in
            try await connection.transaction { try await $0.insert(1) }
            await #expect(throws: Stop.self) {
                try await connection.transaction { connection in
                    try await connection.insert(2)
                    throw Stop()
                }
            }
            let things = try await connection.things()
            #expect(things == [1])
        }
    }

    @Test func `a savepoint undoes only its own`() async throws {
        struct Stop: Error {}
        try await withThings { connection in
            try await connection.transaction { connection in
                try await connection.insert(1)
                try await connection.savepoint { connection in
                    try await connection.insert(2)
                    do {
                        try await connection.savepoint { connection in
                            try await connection.insert(3)
                            throw Stop()
                        }
                    } catch is Stop {
                        try await connection.insert(4)
                    }
                }
                do {
                    try await connection.savepoint { try await $0.insert(1) }
                } catch let error as PostgresError where error.sqlState == "23505" {
                    try await connection.insert(5)
                }
            }
            let things = try await connection.things()
            #expect(things == [1, 2, 4, 5])
        }
    }

    @Test func `a failure that the body swallowed does not look like a commit`() async throws {
        try await withThings { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    try await connection.insert(1)
                    do { try await connection.insert(1) } catch is PostgresError {}
                }
            }
            #expect(error?.operation == "commit")
            #expect(error?.kind == .server)
            let things = try await connection.things()
            #expect(things == [])
        }
    }

    @Test func `a constraint that fails at the commit is a definite failure`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int unique deferrable initially deferred)")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    try await connection.insert(1)
                    try await connection.insert(1)
                }
            }
            #expect(error?.sqlState == "23505")
            #expect(error?.outcomeIsUnknown == false)
            let things = try await connection.things()
            #expect(things == [])
        }
    }

    @Test func `transactions nest only by savepoints, and savepoints need a transaction`() async throws {
        try await withConnection { connection in
            let nested = await #expect(throws: PostgresError.self) {
                try await connection.transaction { try await $0.transaction { _ in } }
            }
            let alone = await #expect(throws: PostgresError.self) { try await connection.savepoint { _ in } }
            #expect((nested?.kind, alone?.kind) == (.usage, .usage))
        }
    }

    @Test func `a read-only transaction refuses to write, and isolation is as asked`() async throws {
        try await withThings { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction(isolation: .repeatableRead, readOnly: true) { try await $0.insert(1) }
            }
            #expect(error?.sqlState == "25006")
            let level = try await connection.transaction(isolation: .serializable) { connection in
                try await connection.value("show transaction_isolation", as: String.self)
            }
            #expect(level == "serializable")
        }
    }

    @Test func `inside a closure no statement changes threads`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let pool = database.pool()
            let threads = try await pool.withConnection { connection in
                var seen: Set<UInt> = []
                for number in 1...50 {
                    _ = try await connection.query("select $1", [number])
                    seen.insert(currentThread())
                }
                return seen.count
            }
            #expect(threads == 1)
            await pool.close()
        }
    }
}

private func withThings(_ body: @Sendable (Connection) async throws -> Void) async throws {
    try await withConnection { connection in
        try await connection.execute("create table things (n int primary key)")
        try await body(connection)
    }
}

extension Connection {
    fileprivate func insert(_ number: Int) async throws {
        _ = try await query("insert into things values ($1)", [number])
    }

    fileprivate func things() async throws -> [Int] {
        try await query("select n from things order by n").decode { try $0.get(0) }
    }
}
