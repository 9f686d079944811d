import Postgres

extension Connection {
    private static let lock: Statement = "select pg_advisory_xact_lock(hashtextextended('rota.migration', 0))"

    private static let hasSchema: Statement = "select to_regnamespace('rota') is not null"

    /// Nothing in the schema is anybody's but its owner's until a migration grants it. An object without a schema's
    /// name before its own is made nowhere, rather than where the caller's search path leads.
    private static let prepareSession = "set local search_path = pg_catalog, pg_temp"

    private static let createSchema = """
        create schema rota;
        revoke all on schema rota from public
        """

    private static let createTable = """
        create table if not exists rota.migration (
            number     integer primary key check (number >= 1),
            name       text not null unique,
            checksum   bytea not null check (octet_length(checksum) = 32),
            applied_at timestamptz not null
        )
        """

    /// PostgreSQL lets everybody execute a new function, which `security definer` ones must not allow.
    private static let revokeExecute = "revoke execute on all functions in schema rota from public"

    private static let record: Statement = """
        insert into rota.migration (number, name, checksum, applied_at)
        values ($1, $2, sha256($3), rota.now())
        """

    /// Waits until no other migrator is at work on this database, until the end of the transaction, and makes the
    /// place where migrations are recorded.
    func lockSchema(patience: Duration) async throws {
        _ = try await query(Self.lock, deadline: patience)
        try await execute(Self.prepareSession)
        if try await !query(Self.hasSchema).only().get(0, as: Bool.self) {
            try await execute(Self.createSchema)
        }
        try await execute(Self.createTable)
    }

    func landed(of known: [Migration]) async throws -> LandedMigrations {
        let rows = try await query(LandedMigrations.select, LandedMigrations.parameters(of: known))
        return try LandedMigrations(rows, known: known)
    }

    /// Applies a migration and records it, in the transaction under way.
    func apply(_ migration: Migration, patience: Duration) async throws {
        do {
            try await execute(String(decoding: migration.script, as: UTF8.self), deadline: patience)
        } catch let error as PostgresError where error.kind == .server {
            throw SchemaError.refused(name: migration.name, error)
        }
        try await execute(Self.revokeExecute)
        _ = try await query(Self.record, [Int32(migration.number), migration.name, migration.script])
    }
}
