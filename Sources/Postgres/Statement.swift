/// SQL with `$1`-style places for its parameters. A value is bound to a place, never spliced into the text.
public struct Statement: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let sql: String

    public init(_ sql: String) {
        self.sql = sql
    }

    public init(stringLiteral value: String) {
        self.sql = value
    }

    public var description: String { sql }
}
