import ArgumentParser
import Postgres
import Recurrence
import Scheduler
import Schema

/// A scheduler: plans what is due, opens and closes gates, ends lost leases.
struct SchedulerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scheduler",
        abstract: "Plan what is due, for ever.",
        discussion: """
            Start as many as you like, on any hosts: they share the work, and none of them leads. Options may also be \
            given as ROTA_NAME, ROTA_GRACE, ROTA_HISTORY, ROTA_OLD_SNAPSHOT, ROTA_LOG_LEVEL and ROTA_LOG_FORMAT.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var part: ServiceOptions

    @Option(help: "How it is called in logs; the host's name unless it is said.")
    var name: String?

    @Option(help: ArgumentHelp("After a lease ran out, its run is given to another so much later.", valueName: "span"))
    var grace: Span?

    @Option(
        help: ArgumentHelp(
            "How long runs are kept after the month in which they were due (default: 400d).", valueName: "span"))
    var history: Span?

    @Option(
        name: .customLong("old-snapshot"),
        help: ArgumentHelp(
            "It warns of a session that holds a snapshot of the database for longer (default: 5m).", valueName: "span"))
    var oldSnapshot: Span?

    func run() async throws {
        let logger = try part.logger("scheduler")
        let name = name ?? Environment.value("ROTA_NAME") ?? HostName.own
        let grace = try grace ?? Environment.argument("ROTA_GRACE") ?? Span(seconds: 5)
        let history = try history ?? Environment.argument("ROTA_HISTORY") ?? Span(days: 400)
        guard history.elapsed >= .seconds(86_400) else {
            throw CommandFailure.words(
                "history is kept for at least 1d, not \(history)", mend: "give another --history")
        }
        let oldSnapshot = try oldSnapshot ?? Environment.argument("ROTA_OLD_SNAPSHOT") ?? Span(seconds: 300)
        let settings = SchedulerSettings(
            name: name, instance: Working.instance(of: name), host: HostName.own, grace: grace.elapsed,
            history: history.elapsed, oldSnapshot: oldSnapshot.elapsed)
        try await database.withLastingPool(size: 2, logger: logger) { pool in
            let scheduler = Scheduling.service(pool: pool, settings: settings, logger: logger)
            try await RunParts(services: [scheduler], logger: logger, hurry: {}).run()
        }
    }
}
