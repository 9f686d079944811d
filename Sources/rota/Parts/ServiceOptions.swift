import ArgumentParser
import Logging
import Recurrence

/// What all long-lived parts take.
struct ServiceOptions: ParsableArguments {
    @Option(name: .customLong("log-level"), help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevel?

    @Option(name: .customLong("log-format"), help: "text or json; json unless standard error is a terminal.")
    var logFormat: LogFormat?

    /// - Throws: `CommandFailure` where a variable holds a word that its option would not take.
    func logger(_ label: String) throws -> Logger {
        let level = try logLevel ?? Environment.argument("ROTA_LOG_LEVEL") ?? .info
        let usual: LogFormat = Terminal.error.isTerminal ? .text : .json
        let format = try logFormat ?? Environment.argument("ROTA_LOG_FORMAT") ?? usual
        return Logger(label: label) { label in
            LineLogHandler(label: label, level: level.level, format: format, now: WallClock.now)
        }
    }
}
