import Postgres
import TestSupport
import Testing

@Suite struct PreparedStatementTests {
    private let prepared: Statement =
        "select count(*) from pg_prepared_statements where statement like 'select $1 /*mine%'"

    @Test func `a statement is prepared once and executed often`() async throws {
        try await withConnection { connection in
            for number in 1...5 { _ = try await connection.query("select $1 /*mine*/", [number]) }
            #expect(try await connection.query(prepared).only().get(0, as: Int.self) == 1)
        }
    }

    @Test func `the same text with other types is another statement`() async throws {
        try await withConnection { connection in
            let number = try await connection.query("select $1 /*mine*/", [1]).only().get(0, as: Int.self)
            let text = try await connection.query("select $1 /*mine*/", ["one"]).only().get(0, as: String.self)
            #expect((number, text) == (1, "one"))
            #expect(try await connection.query(prepared).only().get(0, as: Int.self) == 2)
        }
    }

    @Test func `the statement unused for longest makes way`() async throws {
        try await TestCluster.shared.withDatabase { database in
            var configuration = database.configuration
            configuration.preparedStatements = 3
            let connection = try await Connection.connect(configuration)
            for number in 1...10 { _ = try await connection.query(Statement("select $1 /*mine \(number)*/"), [number]) }
            #expect(try await connection.query(prepared).only().get(0, as: Int.self) == 2)
            #expect(try await connection.query("select $1 /*mine 1*/", [8]).only().get(0, as: Int.self) == 8)
            await connection.close()
        }
    }

    @Test func `a plan that the tables outgrew is made anew`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (a int); insert into things values (1)")
            _ = try await connection.query("select * from things")
            try await connection.execute("alter table things add b int default 2")
            let row = try await connection.query("select * from things").only()
            #expect(try row.get("b", as: Int.self) == 2)
        }
    }

    @Test func `statements that somebody discarded are prepared anew`() async throws {
        try await withConnection { connection in
            _ = try await connection.query("select $1", [1])
            try await connection.execute("discard all")
            #expect(try await connection.query("select $1", [2]).only().get(0, as: Int.self) == 2)
        }
    }

    @Test func `a stale plan inside a transaction fails it, and is fresh in the next`() async throws {
        try await withConnection { connection in
            _ = try await connection.query("select $1", [1])
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    try await connection.execute("deallocate all")
                    _ = try await connection.query("select $1", [2])
                }
            }
            #expect(error?.sqlState == "26000")
            #expect(try await connection.query("select $1", [3]).only().get(0, as: Int.self) == 3)
        }
    }
}
