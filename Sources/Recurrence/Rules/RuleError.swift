/// What is wrong with a rule, and how to mend it.
public struct RuleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without a full stop: `hour 24 is out of range`.
    public var message: String
    /// How to mend it, where that can be said.
    public var hint: String?
    /// Where in the rule's text it is, in bytes from its beginning; nil where it is the rule as a whole.
    public var offset: Int?

    public init(_ message: String, hint: String? = nil, offset: Int? = nil) {
        self.message = message
        self.hint = hint
        self.offset = offset
    }

    public var description: String { hint.map { "\(message)\n  \($0)" } ?? message }
}
