import Postgres
import TestSupport
import Testing

@Suite struct ConnectionTests {
    @Test func `a statement returns what it was given`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let connection = try await database.connect()
            let rows = try await connection.query("select $1 + 1 as n, $2 || '!' as t", [41, "hello"])
            #expect(rows.count == 1)
            #expect(try rows[0].get(0, as: Int.self) == 42)
            #expect(try rows[0].get("t", as: String.self) == "hello!")
        }
    }
}
