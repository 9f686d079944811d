import Postgres
import TestSupport
import Testing

@Suite struct ConnectionTests {
    @Test func `a statement returns what its places were given`() async throws {
        try await withConnection { connection in
            let rows = try await connection.query("select $1 + 1 as n, $2 || '!' as t", [41, "hello"])
            #expect(rows.count == 1)
            #expect(rows.columns == ["n", "t"])
            #expect(try rows[0].get(0, as: Int.self) == 42)
            #expect(try rows[0].get("t", as: String.self) == "hello!")
        }
    }

    @Test func `a command tells how many rows it affected`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int)")
            let inserted = try await connection.query("insert into things select generate_series(1, 7)")
            let updated = try await connection.query("update things set n = n + 1 where n > $1", [Int32(4)])
            let none = try await connection.query("delete from things where n > 100")
            #expect((inserted.affected, updated.affected, none.affected) == (7, 3, 0))
        }
    }

    @Test func `one row is told from none and from several`() async throws {
        try await withConnection { connection in
            let none = try await connection.query("select 1 where false")
            let one = try await connection.query("select 1")
            let two = try await connection.query("select generate_series(1, 2)")
            #expect(try none.atMostOne() == nil)
            #expect(try one.only().get(0, as: Int.self) == 1)
            #expect(throws: PostgresError.self) { try none.only() }
            #expect(throws: PostgresError.self) { try two.atMostOne() }
            #expect(try two.decode { try $0.get(0, as: Int.self) } == [1, 2])
        }
    }

    @Test func `a column that is not there is told with those that are`() async throws {
        try await withConnection { connection in
            let row = try await connection.query("select 1 as a, 2 as b").only()
            let error = #expect(throws: PostgresError.self) { try row.get("c", as: Int.self) }
            #expect(error?.kind == .decoding)
            #expect(error?.cause == "column 'c' is not there: the statement returns a, b")
            #expect(throws: PostgresError.self) { try row.get(2, as: Int.self) }
            #expect(throws: PostgresError.self) { try row.get(-1, as: Int.self) }
        }
    }

    @Test func `a script runs as one transaction`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int); insert into things values (1), (2)")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute("insert into things values (3);\ninsert into nothing values (4)")
            }
            #expect(error?.sqlState == "42P01")
            #expect(error?.description.contains("line 2, column 13: nothing") == true)
            let count = try await connection.query("select count(*) from things").only().get(0, as: Int.self)
            #expect(count == 2)
        }
    }

    @Test func `a closed connection refuses everything and says so`() async throws {
        try await withConnection { connection in
            await connection.close()
            await connection.close()
            let error = await #expect(throws: PostgresError.self) { try await connection.query("select 1") }
            #expect(error?.kind == .connectionLost)
            #expect(await connection.isOpen == false)
        }
    }

    @Test func `what concurrent tasks ask of one connection is answered in turn`() async throws {
        try await withConnection { connection in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...100 {
                    group.addTask { try await connection.query("select $1", [number]).only().get(0) }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 5050)
        }
    }

    @Test func `a result outlives its connection`() async throws {
        let rows = try await withConnection { try await $0.query("select g from generate_series(1, 1000) g") }
        #expect(try rows.decode { try $0.get(0, as: Int.self) } == Array(1...1000))
    }

    @Test func `more places than the protocol allows are refused before anything is sent`() async throws {
        try await withConnection { connection in
            let values = [Int](repeating: 1, count: 70_000)
            let error = await #expect(throws: PostgresError.self) { try await connection.query("select 1", values) }
            #expect(error?.kind == .usage)
            let answers = try await connection.answers()
            #expect(answers)
        }
    }
}
