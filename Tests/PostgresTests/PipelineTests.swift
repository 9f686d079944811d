import Postgres
import TestSupport
import Testing

@Suite struct PipelineTests {
    @Test func `results come in the order of the statements`() async throws {
        try await withConnection { connection in
            let statements = (0..<500).map { (Statement("select $1 + \($0 % 7)"), [$0 as any PostgresValue]) }
            for _ in 1...2 {
                let results = try await connection.pipeline(statements)
                let values = try results.map { try $0.get().only().get(0, as: Int.self) }
                #expect(values == (0..<500).map { $0 + $0 % 7 })
            }
        }
    }

    @Test func `a statement that fails takes all with it, and the connection goes on`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int primary key)")
            let insert: Statement = "insert into things values ($1)"
            let results = try await connection.pipeline([(insert, [1]), (insert, [2]), (insert, [1]), (insert, [3])])
            #expect(results.map { $0.sqlState } == [nil, nil, "23505", "25P02"])
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
            let again = try await connection.pipeline([(insert, [1]), ("select count(*) from things", [])])
            #expect(try again[1].get().only().get(0, as: Int.self) == 1)
        }
    }

    @Test func `a statement that cannot be prepared is told at its place`() async throws {
        try await withConnection { connection in
            let results = try await connection.pipeline([("select 1", []), ("selec 2", []), ("select 3", [])])
            #expect(results.map { $0.sqlState } == [nil, "42601", "25P02"])
            #expect(try await connection.pipeline([("select 3", [])]).count == 1)
        }
    }

    @Test func `inside a transaction a pipeline is part of it`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int primary key)")
            let insert: Statement = "insert into things values ($1)"
            let error = try await connection.transaction { connection -> PostgresError? in
                _ = try await connection.pipeline([(insert, [1]), (insert, [2])])
                do {
                    try await connection.savepoint { connection in
                        _ = try await connection.pipeline([(insert, [3]), (insert, [1])]).map { try $0.get() }
                    }
                    return nil
                } catch let error as PostgresError {
                    return error
                }
            }
            #expect(error?.sqlState == "23505")
            let kept = try await connection.query("select n from things order by n")
            #expect(try kept.decode { try $0.get(0, as: Int.self) } == [1, 2])
        }
    }

    @Test func `a commit that fails at the end fails the whole`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int unique deferrable initially deferred)")
            let insert: Statement = "insert into things values ($1)"
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipeline([(insert, [1]), (insert, [1])])
            }
            #expect(error?.sqlState == "23505")
            #expect(error?.operation == "commit")
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
        }
    }

    @Test func `more than the sockets hold goes both ways at once`() async throws {
        try await withConnection { connection in
            let large = String(repeating: "x", count: 400_000)
            let results = try await connection.pipeline((0..<60).map { ("select $1 || $2", [large, "\($0)"]) })
            #expect(try results.map { try $0.get().only().get(0, as: String.self).utf8.count }.min() == 400_001)
        }
    }

    @Test func `a pipeline ends at its deadline`() async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int)")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipeline(
                    [("insert into things values (1)", []), ("select pg_sleep(600)", [])], deadline: .milliseconds(50))
            }
            #expect(error?.kind == .deadline)
            #expect(error?.outcomeIsUnknown == false)
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
        }
    }

    @Test func `an empty pipeline is nothing`() async throws {
        let results = try await withConnection { try await $0.pipeline([]).count }
        #expect(results == 0)
    }

    @Test func `a pipeline uses more statements than stay prepared`() async throws {
        try await TestCluster.shared.withDatabase { database in
            var configuration = database.configuration
            configuration.preparedStatements = 5
            let connection = try await Connection.connect(configuration)
            for round in 0..<3 {
                let results = try await connection.pipeline((0..<20).map { (Statement("select \($0 + round)"), []) })
                let values = try results.map { try $0.get().only().get(0, as: Int.self) }
                #expect(values == (0..<20).map { $0 + round })
            }
            await connection.close()
        }
    }
}

extension Result where Success == Rows, Failure == PostgresError {
    fileprivate var error: PostgresError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }

    fileprivate var sqlState: String? { error?.sqlState }
}
