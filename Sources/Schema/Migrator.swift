import Postgres

/// Brings a database's schema `rota` up to date, and says whether it is.
///
/// Any number of processes may migrate one database at once: each migration is one transaction under one lock, in
/// which what has landed is read again, so that each is applied once and by one of them.
public struct Migrator: Sendable {
    private let pool: Pool
    private let steps: MigrationSteps

    /// - Parameter patience: how long one migration may take, and as long may it wait for other migrators.
    public init(pool: Pool, patience: Duration = .seconds(600)) {
        self.init(pool: pool, known: Migration.all, patience: patience)
    }

    init(pool: Pool, known: [Migration], patience: Duration = .seconds(600)) {
        self.pool = pool
        self.steps = MigrationSteps(known: known, patience: patience)
    }

    /// Applies every migration that has not landed yet, and settles who owns what and may do what.
    ///
    /// - Throws: `SchemaError` where the server or what has landed in it does not fit, `PostgresError` where it
    ///   cannot be asked. What was applied before stays.
    public func migrate() async throws -> MigrationReport {
        let steps = steps
        return try await pool.withConnection { try await steps.applyAll(on: $0) }
    }

    /// The same, on a connection that the caller has, outside any transaction.
    public static func migrate(_ connection: isolated Connection) async throws -> MigrationReport {
        try await MigrationSteps(known: Migration.all, patience: .seconds(600)).applyAll(on: connection)
    }

    /// Says how the schema stands, and changes nothing.
    ///
    /// - Throws: `SchemaError` and `PostgresError` as `migrate()` does, but not for a server that takes no writes.
    public func check() async throws -> SchemaStatus {
        let steps = steps
        return try await pool.withConnection { try await steps.check(on: $0) }
    }
}
