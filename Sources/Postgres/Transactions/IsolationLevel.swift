/// What a transaction sees of others (PostgreSQL 15, chapter 13.2).
public enum IsolationLevel: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable
}
