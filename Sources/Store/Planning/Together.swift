import Postgres

extension Connection {
    /// Sends statements of one transaction at once, waits once, and returns the rows of each.
    /// - Throws: what the first of them failed with that did; those after it were not run.
    func together(_ statements: [(Statement, [any PostgresValue])]) async throws -> [Rows] {
        guard !statements.isEmpty else { return [] }
        return try await pipeline(statements).map { try $0.get() }
    }
}
