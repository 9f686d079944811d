/// Why nothing was applied: every reason at once.
public struct ApplyRefused: Error, Sendable, Hashable, CustomStringConvertible {
    /// One of the reasons, for a person.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// What it is about: `window/quiet-hours`.
        public var subject: String
        public var message: String
        public var hint: String?

        init(_ subject: String, _ message: String, hint: String? = nil) {
            self.subject = subject
            self.message = message
            self.hint = hint
        }

        public var description: String { "\(subject): \(message)" + (hint.map { "\n  \($0)" } ?? "") }
    }

    public var reasons: [Reason]

    public var description: String { reasons.map(\.description).joined(separator: "\n") }
}
