import Postgres
import TestSupport
import Testing

@Suite struct ErrorTests {
    @Test func `a refusal carries its state, constraint and table`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int constraint things_key primary key)")
            _ = try await connection.query("insert into things values ($1)", [Int32(1)])
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("insert into things values ($1)", [Int32(1)])
            }
            #expect(error?.kind == .server)
            #expect(error?.sqlState == "23505")
            #expect(error?.constraint == "things_key")
            #expect(error?.table == "things")
            #expect(error?.statement == "insert into things values ($1)")
            #expect(error?.outcomeIsUnknown == false)
        }
    }

    @Test func `the statement's place is told by line and column`() async throws {
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) { try await connection.query("select 1,\n  nosuch") }
            #expect(error?.position == 13)
            #expect(
                error?.description == """
                    query: column "nosuch" does not exist (SQLSTATE 42703)
                      statement: select 1, nosuch
                      at line 2, column 3: nosuch
                    """)
        }
    }

    @Test(arguments: [
        ("select $1::int", "s3cret"), ("select $1::timestamptz", "s3cret"), ("select $1::jsonb", "{s3cret"),
        ("select $1::regclass", "s3cret"), ("select ($1 || '0000000000000')::int", "53737"),
        ("insert into secrets values ($1)", "s3cret"), ("select array[$1]::uuid[]", "s3cret"),
        ("select $1::mood", "s3cret"), ("select 'x'::text collate \"C\" where $1::numeric > 0", "s3\"cr\"et"),
        ("select set_config('work_mem', $1, false)", "s3cret"), ("select $1::varchar(3)::mood", "s3cret"),
    ])
    func `no error tells a value`(statement: String, value: String) async throws {
        try await withConnection { connection in
            try await connection.execute(
                """
                create type mood as enum ('good', 'bad');
                create table secrets (word text unique check (word <> 's3cret'), number int);
                """)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query(Statement(statement), [value])
            }
            let text =
                try #require(error).description + "\(try #require(error))" + String(reflecting: try #require(error))
            #expect(!text.contains(value), "\(text)")
            #expect(!text.contains("s3c"), "\(text)")
        }
    }

    @Test func `a value that its reader refuses is not told either`() async throws {
        struct Picky: PostgresWrapper {
            let postgresBase: String
            init(postgresBase: String) throws {
                struct Refused: Error { let value: String }
                throw Refused(value: postgresBase)
            }
        }
        try await withConnection { connection in
            let row = try await connection.query("select 's3cret'").only()
            let error = #expect(throws: PostgresError.self) { try row.get(0, as: Picky.self) }
            #expect(error?.kind == .decoding)
            #expect(error?.cause == "column '?column?' was refused by Picky: Refused")
        }
    }

    @Test func `a conflict between transactions is told as one`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let (first, second) = (try await database.connect(), try await database.connect())
            try await first.execute("create table things (n int); insert into things values (1)")
            let error = await #expect(throws: PostgresError.self) {
                try await first.transaction(isolation: .serializable) { first in
                    _ = try await first.query("select sum(n) from things")
                    _ = try await second.query("update things set n = n + 1")
                    _ = try await first.query("update things set n = n + 1")
                }
            }
            #expect(error?.isConflict == true)
            await first.close()
            await second.close()
        }
    }
}
