import FoundationEssentials
import Logging
import Recurrence
import Reports

/// Writes each entry as one line on standard error.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let format: LogFormat
    private let label: String
    private let now: @Sendable () -> Instant

    init(label: String, level: Logger.Level, format: LogFormat, now: @escaping @Sendable () -> Instant) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { _, own in own }
            .map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
        switch format {
        case .text: StandardError.line(text(event, values))
        case .json: StandardError.line(json(event, values))
        }
    }

    private func text(_ event: LogEvent, _ values: [(String, String)]) -> String {
        let words = values.map { "\($0)=\(Self.quoted($1))" }.joined(separator: " ")
        let level = event.level == .info ? "" : "\(event.level): "
        let line = "\(now()) \(label): \(level)\(PlainText.line("\(event.message)"))"
        return words.isEmpty ? line : line + "  " + words
    }

    private static func quoted(_ value: String) -> String {
        let plain = PlainText.line(value)
        return plain.contains(" ") || plain.isEmpty ? "\"\(plain)\"" : plain
    }

    private func json(_ event: LogEvent, _ values: [(String, String)]) -> String {
        let fixed: [(String, String)] = [
            ("at", "\(now())"), ("level", "\(event.level)"), ("part", label), ("message", "\(event.message)"),
        ]
        return JSONValue.object((fixed + values).map { .init($0.0, .text($0.1)) }).json()
    }
}
