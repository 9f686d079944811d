/// Something wrong, or doubtful, in a manifest: where it is, what it is and how to mend it.
///
/// Printed as `Jobs/patching.yaml:7:3: unknown key 'windw'`, with the hint on a second, indented line.
public struct Problem: Error, Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        /// Nothing is applied while one is left.
        case error
        /// Worth a look; what it is about is applied nevertheless.
        case warning
    }

    public var file: String
    /// Counted from 1; 0 where the problem is with the file as a whole.
    public var line: Int
    /// Counted from 1 in Unicode scalars, as editors do; 0 where the problem is with the file as a whole.
    public var column: Int
    public var severity: Severity
    public var message: String
    public var hint: String?

    public init(
        file: String, line: Int = 0, column: Int = 0, severity: Severity = .error, message: String,
        hint: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
        self.hint = hint
    }

    init(
        file: String, at position: Position, severity: Severity = .error, _ message: String, hint: String? = nil
    ) {
        self.init(
            file: file, line: position.line, column: position.column, severity: severity, message: message,
            hint: hint)
    }
}

extension Problem: CustomStringConvertible {
    /// One line, and a second one for the hint.
    public var description: String {
        let place = line > 0 ? "\(file.printable):\(line):\(column)" : file.printable
        let kind = severity == .warning ? "warning: " : ""
        return "\(place): \(kind)\(message.printable)" + (hint.map { "\n  \($0.printable)" } ?? "")
    }
}

extension Problem: Comparable {
    /// By file, then from top to bottom.
    public static func < (left: Problem, right: Problem) -> Bool {
        (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
    }
}

extension Sequence<Problem> {
    /// Whether anything keeps these manifests from being applied.
    public var hasErrors: Bool { contains { $0.severity == .error } }
}
