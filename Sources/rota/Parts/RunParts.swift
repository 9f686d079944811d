import Logging
import ServiceLifecycle
import UnixSignals

/// Runs long-lived parts until they are asked to stop.
///
/// The first SIGTERM or SIGINT has them drain: no new work, and what is going ends. The second one ends what is going
/// at once, and hands it back.
struct RunParts {
    let services: [any Service]
    let logger: Logger
    /// What a second signal does.
    let hurry: @Sendable () -> Void
    /// Tells that they run, once a signal has them drain and does not end the process.
    var tell: @Sendable () throws -> Void = {}

    func run() async throws {
        let manager = try ServiceManager.fromEnvironment()
        let parts = services + (manager.map { [$0 as any Service] } ?? [])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: parts.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [], cancellationSignals: [], logger: quiet))
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try tell()
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { await heed(signals, group, manager) }
            // The signals go on for ever: it is the group that ends.
            try await tasks.next()
            tasks.cancelAll()
        }
    }

    private func heed(_ signals: UnixSignalsSequence, _ group: ServiceGroup, _ manager: ServiceManager?) async {
        var isFirst = true
        for await signal in signals {
            if isFirst {
                isFirst = false
                logger.info("stopping: no new work is taken, and what is going ends", metadata: ["signal": "\(signal)"])
                manager?.sayStopping()
                await group.triggerGracefulShutdown()
            } else {
                logger.warning("stopping at once: what is going is ended and handed back")
                hurry()
            }
        }
    }

    /// The lifecycle's own entries say nothing that an operator asks for.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }
}
