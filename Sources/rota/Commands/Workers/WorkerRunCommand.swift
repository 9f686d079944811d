import ArgumentParser
import Worker

/// A worker: takes leases on runs, and does them.
struct WorkerRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Do what is ready, for ever (what 'rota worker' does without another word).",
        discussion: """
            Start as many as you like, on the hosts from which the work can be done. Options may also be given as \
            variables: ROTA_QUEUE, ROTA_CLIENT, ROTA_NAME, ROTA_SLOTS, ROTA_RESERVE, ROTA_PATH, ROTA_WORK_DIR, \
            ROTA_OUTBOX, ROTA_SECRETS_DIR, ROTA_ALLOW, ROTA_LEASE, ROTA_DRAIN, ROTA_LOG_LEVEL, ROTA_LOG_FORMAT.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var part: ServiceOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        let logger = try part.logger("worker")
        let settings = try worker.settings()
        let environment = try worker.environment()
        try await database.withLastingPool(size: 4, logger: logger) { pool in
            let service = Working.service(pool: pool, settings: settings, environment: environment, logger: logger)
            try await RunParts(services: [service], logger: logger, hurry: { service.hurry() }).run()
        }
    }
}
