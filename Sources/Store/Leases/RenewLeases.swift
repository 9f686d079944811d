import Postgres

/// What became of the leases that a worker asked to renew.
public struct Renewal: Sendable, Equatable {
    /// Still held, and for the whole length again.
    public var held: Set<Int64>
    /// Still held, but somebody asked to cancel them.
    public var cancelled: Set<Int64>
    /// Nil where the worker is to go on taking runs.
    public var drain: DrainOrder?
}

/// Somebody told a worker to take no more, and to end once what it has in hand is done.
public struct DrainOrder: Sendable, Hashable {
    /// Who told it.
    public var actor: String
    public var reason: String?
}

extension Store {
    static let renewStatement: Statement = "select attempt_id, cancelled from rota.renew($1, $2, $3)"

    static let drainAskedStatement: Statement = "select actor, reason from rota.drain_asked($1)"

    /// Renews the leases, and says that the worker is alive; also with none in hand. A lease that is not among those
    /// held has been superseded: its command must be ended and its result dropped.
    public func renew(worker: Int64, attempts: [Int64], length: Duration) async throws -> Renewal {
        let answers = try await pool.withConnection { connection in
            try await connection.pipeline([
                (Self.renewStatement, [worker, attempts, PostgresInterval(length)]),
                (Self.drainAskedStatement, [worker]),
            ]).map { try $0.get() }
        }
        var renewal = Renewal(held: [], cancelled: [])
        if let order = try answers[1].atMostOne() {
            renewal.drain = DrainOrder(actor: try order.get(0), reason: try order.get(1))
        }
        for row in answers[0] {
            let attempt: Int64 = try row.get(0)
            renewal.held.insert(attempt)
            if try row.get(1) { renewal.cancelled.insert(attempt) }
        }
        return renewal
    }
}
