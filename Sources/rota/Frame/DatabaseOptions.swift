import ArgumentParser
import Postgres
import Schema
import Store

/// Which database, for every command that has to do with one.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database-url"),
        help: ArgumentHelp(
            "A libpq URI or keyword string; else ROTA_DATABASE_URL, else libpq's own PG… variables.",
            valueName: "conninfo"))
    var url: String?

    func configuration(environment: [String: String] = Environment.all) -> Configuration {
        Configuration(
            url ?? Environment.value("ROTA_DATABASE_URL", in: environment), applicationName: "rota",
            deadline: .seconds(60), connectDeadline: .seconds(15))
    }

    /// Connections for as long as `body` runs, to a database of which nothing is known yet.
    func withPool<T: Sendable>(size: Int = 2, _ body: (Pool) async throws -> T) async throws -> T {
        let pool = Pool(configuration(), size: size)
        do {
            let answer = try await body(pool)
            await pool.close()
            return answer
        } catch {
            await pool.close()
            throw error
        }
    }

    /// The store of a database whose schema is this program's, for as long as `body` runs.
    ///
    /// - Throws: `CommandFailure` with exit code 3 where the schema is not up to date.
    func withStore<T: Sendable>(size: Int = 2, _ body: (Store) async throws -> T) async throws -> T {
        try await withPool(size: size) { pool in
            try Self.require(try await Migrator(pool: pool).check())
            return try await body(Store(pool: pool))
        }
    }

    /// Refuses a schema that is not this program's.
    static func require(_ status: SchemaStatus) throws {
        switch status {
        case .upToDate:
            return
        case .notMigrated:
            throw CommandFailure(
                "there is nothing of Rota in this database", mend: "run rota migrate, or name another database",
                at: "database", status: .no)
        case .behind(let names):
            throw CommandFailure(
                "the schema is not up to date: \(Words.count(names.count, "migration")) to go",
                mend: "run rota migrate", at: "database", status: .no)
        case .newer(let database, let program):
            throw CommandFailure(SchemaError.newer(database: database, program: program))
        }
    }
}
