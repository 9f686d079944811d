import Postgres

/// Brings a database's schema `rota` up to date, and says whether it is.
///
/// Any number of processes may migrate one database at once: each migration is one transaction under one lock, in
/// which what has landed is read again, so that each is applied once and by one of them.
public struct Migrator: Sendable {
    private let known: [Migration]
    /// How long one migration may take, and as long may it wait for other migrators.
    private let patience: Duration

    public init(patience: Duration = .seconds(600)) {
        self.init(known: Migration.all, patience: patience)
    }

    init(known: [Migration], patience: Duration = .seconds(600)) {
        self.known = known
        self.patience = patience
    }

    /// Applies every migration that has not landed yet.
    ///
    /// - Returns: the names of those that this call applied, in order; none where the schema was up to date, or
    ///   others migrated it meanwhile.
    /// - Throws: `SchemaError` where the server or what has landed in it does not fit, `PostgresError` where it
    ///   cannot be asked. What was applied before stays.
    public func migrate(_ pool: Pool) async throws -> [String] {
        try await pool.withConnection { try await migrate(on: $0) }
    }

    /// The same, on a connection that the caller has, outside any transaction.
    public func migrate(on connection: isolated Connection) async throws -> [String] {
        var applied: [String] = []
        while let name = try await applyNext(on: connection) { applied.append(name) }
        return applied
    }

    /// Says how the schema stands, and changes nothing.
    ///
    /// - Throws: `SchemaError` and `PostgresError` as migrating does, but not for a server that takes no writes.
    public func check(_ pool: Pool) async throws -> SchemaStatus {
        try await pool.withConnection { try await check(on: $0) }
    }

    private func check(on connection: isolated Connection) async throws -> SchemaStatus {
        let facts = try ServerFacts(try await connection.query(ServerFacts.select).only())
        try facts.refuseUnfit()
        guard facts.isMigrated else { return .notMigrated }
        do {
            let pending = try await connection.landed(of: known).pending(of: known)
            return pending.isEmpty ? .upToDate : .behind(pending.map(\.name))
        } catch SchemaError.newer(let database, let program) {
            return .newer(database: database, program: program)
        }
    }

    /// - Returns: the name of the migration that was applied; nil where there was none left.
    private func applyNext(on connection: isolated Connection) async throws -> String? {
        let facts = try ServerFacts(try await connection.query(ServerFacts.select).only())
        try facts.refuseUnfit()
        try facts.refuseReadOnly()
        return try await connection.transaction { connection in
            try await connection.lockSchema(patience: patience)
            guard let next = try await connection.landed(of: known).pending(of: known).first else { return nil }
            try await connection.apply(next, patience: patience)
            return next.name
        }
    }
}
