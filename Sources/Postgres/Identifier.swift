/// A name in SQL: of a channel, a database, a role. Names cannot be bound, so they are quoted.
public struct Identifier: Sendable, Hashable {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    /// The name in double quotes, as it stands in a statement (PostgreSQL 15, chapter 4.1.1).
    public var quoted: String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
