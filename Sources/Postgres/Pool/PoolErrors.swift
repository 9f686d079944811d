extension PostgresError {
    static var poolClosed: PostgresError {
        PostgresError(
            .usage, operation: "take a connection", cause: "the pool is closed",
            hint: "close it only when everything that uses it has ended")
    }

    static var poolExhausted: PostgresError {
        PostgresError(
            .deadline, operation: "take a connection", cause: "none of the pool's connections got free",
            hint: "give the pool more connections, or shorten what holds them")
    }
}
