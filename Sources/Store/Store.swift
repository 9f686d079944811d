import Postgres

/// Everything that Rota asks of its database. Each verb stands in a file of its own, with its statement.
public struct Store: Sendable {
    public let pool: Pool

    public init(pool: Pool) {
        self.pool = pool
    }
}
