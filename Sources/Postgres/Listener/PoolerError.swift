extension PostgresError {
    /// Notifications go to the session that listens, which a pooler lends to others.
    static var deafBehindPooler: PostgresError {
        PostgresError(
            .usage, operation: "listen", cause: "notifications are not heard through a pooler",
            hint: "listen past it, on a connection to the server itself")
    }
}
