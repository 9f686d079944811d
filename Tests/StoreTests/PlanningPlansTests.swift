import Postgres
import StoreTestSupport
import Testing

@testable import Store

struct PlanningPlansTests {
    /// A database that was just made is the worst case: its tables are empty, so that reading all of one looks cheap.
    @Test func `the plans of planning go by indexes, even those made while the tables are empty`() async throws {
        try await withMigratedDatabase(size: 1) { database in
            try await database.pool.transaction { connection in
                _ = try await connection.query(PlanningPlans.prefer)
                for (number, statement) in Store.planning.enumerated() {
                    let plan = try await Self.plan(of: statement, "plan\(number)", on: connection)
                    // What is leased is looked through as a whole, once a chunk.
                    let others = plan.split(separator: "\n").filter { !$0.contains("Seq Scan on lease") }
                    let text = others.joined(separator: "\n")
                    for wrong in ["Seq Scan", "Hash Join", "Merge Join", "JIT"] {
                        #expect(!text.contains(wrong), "\(statement)\n\(plan)")
                    }
                }
            }
        }
    }

    private static func plan(
        of statement: Statement, _ name: String, on connection: isolated Connection
    ) async throws -> String {
        try await connection.execute("prepare \(name) as \(statement.sql)")
        let count: Int32 = try await connection.query(
            "select coalesce(cardinality(parameter_types), 0) from pg_prepared_statements where name = $1", [name]
        ).only().get(0)
        let values = count == 0 ? "" : "(\(repeatElement("null", count: Int(count)).joined(separator: ", ")))"
        return try await connection.query(Statement("explain execute \(name)\(values)"))
            .map { try $0.get(0, as: String.self) }.joined(separator: "\n")
    }
}
