import Postgres
import StoreTestSupport
import Testing

@testable import Store

struct StatementTests {
    @Test func `every statement of the room can be prepared against a migrated database`() async throws {
        try await withMigratedDatabase(size: 1) { database in
            for (number, statement) in Store.statements.enumerated() {
                do {
                    try await database.execute("prepare s\(number) as \(statement.sql)")
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
    }

    @Test func `no statement is listed twice`() {
        #expect(Set(Store.statements).count == Store.statements.count)
    }
}
