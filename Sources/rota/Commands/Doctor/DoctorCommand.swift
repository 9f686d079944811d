import ArgumentParser
import Postgres
import Reports
import Schema
import Store

/// Says what is wrong with an installation, and how to mend it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "What is wrong with the installation, and how to mend it.",
        discussion: """
            Looks at the database and its server, the schedulers and workers, and what is left undone; changes \
            nothing, and works with the rights of rota_viewer. Ends with 0 where nothing is wrong (warnings allowed), \
            with 3 where something is, and with 4 where the database cannot be reached.
            """)

    @Flag(help: "Hash all outputs and evidence again, and not the newest alone.") var deep = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let checks: [Check]
        do {
            checks = try await database.withPool { try await Self.examine($0, isDeep: deep) }
        } catch let error as PostgresError where error.isConnectionProblem {
            let failure = CommandFailure(error)
            try show([Check("connection", .fail, failure.what, mend: failure.mend)])
            throw ExitStatus.unreachable
        }
        try show(checks)
        if checks.hasFailure { throw ExitStatus.no }
    }

    private static func examine(_ pool: Pool, isDeep: Bool) async throws -> [Check] {
        let examination = Examination(
            store: Store(pool: pool), libpq: ClientLibrary.version, isDeep: isDeep, machineClock: WallClock.now)
        var checks = try await examination.server()
        let schema = try await schema(of: pool)
        checks.append(schema)
        // Of another schema's tables nothing is known.
        if schema.result == .ok { checks += try await examination.schema() }
        return checks
    }

    private static func schema(of pool: Pool) async throws -> Check {
        do {
            try DatabaseOptions.require(try await Migrator(pool: pool).check())
            return Check("schema", .ok, "it is this program's")
        } catch let error as SchemaError {
            return Check("schema", .fail, error.message, mend: error.hint)
        } catch let failure as CommandFailure {
            return Check("schema", .fail, failure.what, mend: failure.mend)
        } catch let error as PostgresError where !error.isConnectionProblem {
            return Check(
                "schema", .fail, "it could not be looked at: \(error.cause)",
                mend: "ask with a login in rota_viewer or rota_admin")
        }
    }

    private func show(_ checks: [Check]) throws {
        guard output.isForPeople else { return try output.show(checks.json) }
        try StandardOutput.write(CheckText(checks).text(on: .output))
    }
}
