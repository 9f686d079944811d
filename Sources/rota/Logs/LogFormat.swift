import ArgumentParser

/// How a log line looks.
enum LogFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// For people: time, level, words, values.
    case text
    /// For machines: an object a line.
    case json
}
