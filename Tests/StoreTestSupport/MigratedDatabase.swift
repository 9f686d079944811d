import Postgres
import Schema
import TestSupport

/// A database of a test's own with Rota's schema in it, and a clock that stands still once it was set.
///
/// The schema is made once in a test process, and cloned for each test.
public struct MigratedDatabase: Sendable {
    public let database: TestDatabase
    public let pool: Pool

    /// Stops `rota.now()` at a moment, such as `2026-02-15T10:00:00Z`. Until then it is the server's clock.
    public func setClock(_ moment: String) async throws {
        _ = try await pool.query("update rota.test_clock set at = $1::text::timestamptz", [moment])
    }

    /// Moves the clock, which then stands still there; a negative duration moves it back.
    public func advance(by duration: Duration) async throws {
        let (seconds, attoseconds) = duration.components
        let step = PostgresInterval(microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        _ = try await pool.query("update rota.test_clock set at = rota.now() + $1", [step])
    }

    /// Runs a script of the test's own making.
    public func execute(_ script: String) async throws {
        try await pool.withConnection { try await $0.execute(script) }
    }

    static func migrate(_ connection: isolated Connection) async throws {
        _ = try await Migrator.migrate(connection)
        try await connection.execute(testClock)
    }

    private static let testClock = """
        create table rota.test_clock (at timestamptz);
        insert into rota.test_clock values (null);
        grant select on rota.test_clock to rota_owner;
        create or replace function rota.now() returns timestamptz
        language sql volatile security definer set search_path = pg_catalog, pg_temp
        as $$ select coalesce((select at from rota.test_clock), clock_timestamp()) $$
        """
}

/// Runs `body` with a migrated database of its own, which is dropped after it.
///
/// - Parameter size: the most connections of the database's pool.
public func withMigratedDatabase<T: Sendable>(
    size: Int = 4, _ body: @Sendable (MigratedDatabase) async throws -> T
) async throws -> T {
    try await TestCluster.shared.withDatabase(template: "rota", prepare: MigratedDatabase.migrate) { database in
        let pool = database.pool(size: size)
        do {
            let value = try await body(MigratedDatabase(database: database, pool: pool))
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }
}
