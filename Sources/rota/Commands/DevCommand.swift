import ArgumentParser
import Logging
import Manifest
import Postgres
import Schema
import Store
import Worker

/// Everything in one process, on a PostgreSQL of its own.
struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Everything in one process, on a PostgreSQL of its own.",
        discussion: """
            Starts a server in the data directory (and again on the same data), migrates, applies the manifests, plans \
            and works. What is in the database and not in the manifests (applied or imported by hand) is removed then, and \
            named in a warning. Ctrl-C ends all that it started. Other commands find the database by the address that it prints, \
            which also stands in DATA/database-url.
            """)

    @Option(help: "The manifests; a directory bin in it is searched for commands first.")
    var jobs = "Jobs"

    @Option(help: "Where everything is kept.")
    var data = ".rota"

    @OptionGroup var part: ServiceOptions

    func run() async throws {
        let logger = try part.logger("dev")
        let manifests = try ManifestFiles.read([jobs])
        let server = try await EmbeddedPostgres.start(dataDirectory: data) { logger.info("\($0)") }
        do {
            try await DevParts(server: server, jobs: jobs, data: data, part: part, logger: logger).run(manifests)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
        logger.info("stopped; the data stay in \(data)")
    }
}
