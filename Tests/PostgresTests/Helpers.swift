import Postgres
import TestSupport

/// Runs `body` with a connection to a database of its own.
func withConnection<T: Sendable>(_ body: @Sendable (Connection) async throws -> T) async throws -> T {
    try await TestCluster.shared.withDatabase { database in
        let connection = try await database.connect()
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

/// Asks again and again until the server's answer is true: an event at the server that sends no word.
func untilTrue(_ statement: Statement, _ values: [any PostgresValue] = [], _ connection: Connection) async throws {
    while try await connection.query(statement, values).only().get(0, as: Bool.self) == false {
        await Task.yield()
    }
}

/// Waits until the server runs something in the database of this connection that is not this question.
func untilBusy(_ process: Int32, seenBy connection: Connection) async throws {
    try await untilTrue(
        "select exists (select from pg_stat_activity where pid = $1 and state = 'active' and query ~ 'pg_sleep')",
        [process], connection)
}

extension Connection {
    /// The only value of the only row.
    func value<T: PostgresValue>(
        _ statement: Statement, _ values: [any PostgresValue] = [], as type: T.Type = T.self
    ) async throws -> T {
        try await query(statement, values).only().get(0)
    }

    /// Whether a statement still gets its answer.
    func answers() async throws -> Bool {
        try await value("select true")
    }
}

/// Runs `body` with a pool, and with a connection beside it to look on from.
func withPool(size: Int, _ body: @Sendable (Pool, Connection) async throws -> Void) async throws {
    try await TestCluster.shared.withDatabase { database in
        var configuration = database.configuration
        configuration.applicationName = "pool"
        let pool = Pool(configuration, size: size)
        let observer = try await database.connect()
        try await body(pool, observer)
        await pool.close()
        await observer.close()
    }
}

/// What `body` failed with, if it was the client's own error.
func failure<T>(_ body: () async throws -> T) async -> PostgresError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}
