import Postgres
import TestSupport
import Testing

@testable import Schema

struct MigratorTests {
    private let names = Migration.all.map(\.name)

    /// Runs `body` with an empty database of its own.
    private func withPool(_ body: @Sendable (Pool) async throws -> Void) async throws {
        try await TestCluster.shared.withDatabase { database in
            let pool = database.pool(size: 8)
            do {
                try await body(pool)
                await pool.close()
            } catch {
                await pool.close()
                throw error
            }
        }
    }

    @Test func `an empty database gets every migration in order, and the second time none`() async throws {
        try await withPool { pool in
            let migrator = Migrator(pool: pool)
            #expect(try await migrator.check() == .notMigrated)
            #expect(try await migrator.migrate().applied == names)
            #expect(try await migrator.check() == .upToDate)
            #expect(try await migrator.migrate().applied == [])
            let recorded = try await pool.query("select number, name from rota.migration order by number")
                .map { (try $0.get(0, as: Int32.self), try $0.get(1, as: String.self)) }
            #expect(recorded.map(\.1) == names)
            #expect(recorded.map(\.0) == Migration.all.map { Int32($0.number) })
        }
    }

    @Test func `many that migrate at once all end well, and each migration runs once`() async throws {
        try await withPool { pool in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<8 { group.addTask { try await Migrator(pool: pool).migrate().applied } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == names)
            #expect(try await Migrator(pool: pool).check() == .upToDate)
        }
    }

    @Test func `a database that is behind says what it lacks, and keeps what it has`() async throws {
        try await withPool { pool in
            let older = Migrator(pool: pool, known: Array(Migration.all.prefix(2)))
            #expect(try await older.migrate().applied == Array(names.prefix(2)))
            try await pool.withConnection { try await $0.execute(Self.oneClient) }
            #expect(try await Migrator(pool: pool).check() == .behind(Array(names.dropFirst(2))))
            #expect(try await Migrator(pool: pool).migrate().applied == Array(names.dropFirst(2)))
            #expect(try await pool.query("select name from rota.client").only().get(0) == "harbour")
        }
    }

    @Test func `a migration that fails leaves nothing of itself, and those before it stay`() async throws {
        try await withPool { pool in
            let broken = Migration(2, "v02_broken", Array("create table rota.half (); select 1 / 0".utf8))
            let migrator = Migrator(pool: pool, known: [Migration.all[0], broken])
            let error = try await #require(throws: SchemaError.self) { try await migrator.migrate() }
            #expect(error.message == "migration v02_broken was refused: division by zero")
            #expect(try await pool.query("select to_regclass('rota.half') is null").only().get(0))
            #expect(try await migrator.check() == .behind(["v02_broken"]))
        }
    }

    @Test func `a migration that had to change is accepted as it landed first`() async throws {
        try await withPool { pool in
            _ = try await Migrator(pool: pool).migrate()
            for migration in Migration.all {
                guard let superseded = migration.superseded else { continue }
                _ = try await pool.query(
                    "update rota.migration set checksum = decode($2, 'hex') where number = $1",
                    [Int32(migration.number), superseded])
            }
            #expect(try await Migrator(pool: pool).check() == .upToDate)
        }
    }

    @Test func `a landed migration that changed is refused by name`() async throws {
        try await withPool { pool in
            _ = try await Migrator(pool: pool).migrate()
            var changed = Migration.all
            changed[2] = Migration(3, names[2], changed[2].script + [UInt8(ascii: "\n")])
            let migrator = Migrator(pool: pool, known: changed)
            await #expect(throws: SchemaError.changed(name: names[2])) { try await migrator.migrate() }
            await #expect(throws: SchemaError.changed(name: names[2])) { try await migrator.check() }
        }
    }

    @Test func `a database newer than the program is refused, and nothing is changed`() async throws {
        try await withPool { pool in
            _ = try await Migrator(pool: pool).migrate()
            let older = Migrator(pool: pool, known: Array(Migration.all.dropLast()))
            let expected = SchemaError.newer(database: names.count, program: names.count - 1)
            await #expect(throws: expected) { try await older.migrate() }
            #expect(try await older.check() == .newer(database: names.count, program: names.count - 1))
            #expect(expected.hint == "run a release at least as new as the one that migrated the database")
        }
    }

    @Test func `a migration missing between landed ones is refused`() async throws {
        try await withPool { pool in
            _ = try await Migrator(pool: pool).migrate()
            _ = try await pool.query("delete from rota.migration where number = 3")
            await #expect(throws: SchemaError.gap(name: names[2])) { try await Migrator(pool: pool).migrate() }
        }
    }

    @Test func `a server that takes no writes is refused, but can be asked`() async throws {
        try await TestCluster.shared.withDatabase { database in
            var configuration = database.configuration
            configuration.overrides["options"] = "-c default_transaction_read_only=on"
            let pool = Pool(configuration)
            await #expect(throws: SchemaError.readOnly(isStandby: false)) { try await Migrator(pool: pool).migrate() }
            let status = try await Migrator(pool: pool).check()
            #expect(status == .notMigrated)
            await pool.close()
        }
    }

    @Test func `a server older than 15 and a database that is not UTF-8 are refused`() {
        var facts = ServerFacts(versionNumber: 140_009, version: "14.9", encoding: "UTF8")
        #expect(throws: SchemaError.oldServer(version: "14.9")) { try facts.refuseUnfit() }
        facts = ServerFacts(versionNumber: 150_000, version: "15.0", encoding: "LATIN1")
        #expect(throws: SchemaError.encoding("LATIN1")) { try facts.refuseUnfit() }
    }

    @Test func `a standby is told from a server that is read-only`() {
        let facts = ServerFacts(versionNumber: 150_000, version: "15.0", isStandby: true, isReadOnly: true)
        #expect(throws: SchemaError.readOnly(isStandby: true)) { try facts.refuseReadOnly() }
    }

    @Test func `nobody but its owner may enter the schema or run its functions`() async throws {
        try await withPool { pool in
            _ = try await Migrator(pool: pool).migrate()
            let open = try await pool.query(
                """
                select p.oid::regprocedure::text from pg_proc p
                where p.pronamespace = 'rota'::regnamespace and has_function_privilege('public', p.oid, 'execute')
                """)
            let functions = try open.map { try $0.get(0, as: String.self) }
            #expect(functions == [])
            let schema = "select has_schema_privilege('public', 'rota', 'usage, create')"
            #expect(try await !pool.query(Statement(schema)).only().get(0, as: Bool.self))
        }
    }

    private static let oneClient = """
        insert into rota.client (name, definition, changed_at)
        values ('harbour', '{}', '2026-01-01T00:00:00Z')
        """
}
