import Postgres

/// What became of the leases that a worker asked to renew.
public struct Renewal: Sendable, Equatable {
    /// Still held, and for the whole length again.
    public var held: Set<Int64>
    /// Still held, but somebody asked to cancel them.
    public var cancelled: Set<Int64>
}

extension Store {
    static let renewStatement: Statement = "select attempt_id, cancelled from rota.renew($1, $2, $3)"

    /// Renews the leases, and says that the worker is alive; also with none in hand. A lease that is not among those
    /// held has been superseded: its command must be ended and its result dropped.
    public func renew(worker: Int64, attempts: [Int64], length: Duration) async throws -> Renewal {
        var renewal = Renewal(held: [], cancelled: [])
        for row in try await pool.query(Self.renewStatement, [worker, attempts, PostgresInterval(length)]) {
            let attempt: Int64 = try row.get(0)
            renewal.held.insert(attempt)
            if try row.get(1) { renewal.cancelled.insert(attempt) }
        }
        return renewal
    }
}
