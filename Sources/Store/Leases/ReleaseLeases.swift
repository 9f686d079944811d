import Postgres

extension Store {
    static let releaseStatement: Statement = "select rota.release($1, $2)"

    /// Hands leases back unused: their runs are ready at once for another worker.
    /// - Returns: how many were still held.
    public func release(worker: Int64, attempts: [Int64]) async throws -> Int {
        Int(try await pool.query(Self.releaseStatement, [worker, attempts]).only().get(0, as: Int64.self))
    }
}
