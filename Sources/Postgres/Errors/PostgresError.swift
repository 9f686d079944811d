/// What went wrong with a database, where, and how to mend it.
///
/// It carries the statement's text and where in it the server stumbled, never the values that were bound to it: the
/// server's `DETAIL`, which quotes values, is dropped, and values that the message itself quotes are blotted out.
public struct PostgresError: Error, Sendable, Hashable {
    /// What a caller has to tell apart.
    public enum Kind: Sendable, Hashable {
        /// No connection came about: the server is not there, or refuses us.
        case cannotConnect
        /// There was a connection, and it is gone. It is replaced by the pool.
        case connectionLost
        /// The connection ended while a COMMIT was under way: what it committed may or may not be there. Ask again.
        case outcomeUnknown
        /// The server answered with an error; see `sqlState`.
        case server
        /// The call took longer than its deadline.
        case deadline
        /// The task that asked was cancelled.
        case cancelled
        /// A value was not what the caller asked for.
        case decoding
        /// The client was used in a way that it does not support, or after it was closed.
        case usage
    }

    public let kind: Kind
    /// What was being done: `connect`, `query`, `commit`, `listen`.
    public var operation: String
    /// Why it failed, in one line.
    public var cause: String
    /// What to do about it, where that is known.
    public var hint: String?
    /// The text of the statement, with places and without values.
    public var statement: Statement?
    /// Five characters, PostgreSQL 15 appendix A; nil unless the server answered.
    public var sqlState: String?
    /// Where in the statement the server stumbled: characters, counted from 1.
    public var position: Int?
    public var constraint: String?
    public var table: String?
    public var column: String?
    /// The statement reached, or may have reached, the server outside a transaction block, and nobody knows whether it
    /// took effect. Always true of `outcomeUnknown`.
    public var outcomeIsUnknown: Bool

    init(
        _ kind: Kind, operation: String, cause: String, hint: String? = nil, statement: Statement? = nil
    ) {
        self.kind = kind
        self.operation = operation
        self.cause = cause
        self.hint = hint
        self.statement = statement
        self.outcomeIsUnknown = kind == .outcomeUnknown
    }
}

extension PostgresError {
    /// Whether the same call may succeed once there is a connection again.
    public var isConnectionProblem: Bool {
        switch kind {
        case .cannotConnect, .connectionLost, .outcomeUnknown: true
        case .server, .deadline, .cancelled, .decoding, .usage: false
        }
    }

    /// Whether the transaction failed only because of others that ran beside it, so that running it again is right:
    /// a serialization failure (40001) or a deadlock (40P01).
    public var isConflict: Bool {
        sqlState == "40001" || sqlState == "40P01"
    }
}
