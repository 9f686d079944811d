import ArgumentParser
import Schema

/// Brings the schema up to date.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's schema up to date.",
        discussion: "Any number of processes may do so at once: each migration is applied once, by one of them.")

    @Flag(help: "Only say whether it is up to date (exit code 3 if it is not).")
    var check = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withPool(size: 1) { pool in
            let migrator = Migrator(pool: pool)
            if check { return try Self.tell(try await migrator.check()) }
            let report = try await Progress.showing("migrating") { _ in try await migrator.migrate() }
            for name in report.applied { try StandardOutput.line("applied \(name)") }
            if report.applied.isEmpty { try StandardOutput.line("The schema is up to date.") }
            for role in report.unsettled { StandardError.line("warning: \(role.problem)\n  \(role.hint)") }
        }
    }

    private static func tell(_ status: SchemaStatus) throws {
        switch status {
        case .upToDate:
            return try StandardOutput.line("The schema is up to date.")
        case .behind(let names):
            for name in names { try StandardOutput.line("to be applied: \(name)") }
        case .notMigrated:
            try StandardOutput.line("There is nothing of Rota in this database.")
        case .newer(let database, let program):
            try StandardOutput.line(SchemaError.newer(database: database, program: program).message)
        }
        throw ExitStatus.no
    }
}
