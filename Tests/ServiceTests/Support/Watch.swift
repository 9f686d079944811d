import FaultRig
import Postgres

/// Waits for something to become true in a database, and looks at it again whenever something has moved.
struct Watch: Sendable {
    let pool: Pool

    /// Has the database tell of every move.
    static func prepare(_ pool: Pool) async throws {
        let tables = ["held", "ready", "lease", "waiting", "done", "worker", "assignment"]
        try await pool.withConnection { connection in
            try await connection.execute(
                """
                create function test_moved() returns trigger language plpgsql as $$
                begin
                    perform pg_notify('test_moved', '');
                    return null;
                end $$
                """)
            // Each by itself: with several tables locked at once it would stand in everybody's way, and they in its.
            for table in tables {
                try await connection.execute(
                    """
                    create trigger test_moved after insert or update or delete on rota.\(table)
                        execute function test_moved()
                    """)
            }
        }
    }

    /// Returns once the statement's only value is true. While the database is away it is not asked, and not given up.
    func until(
        _ what: String, within limit: Duration = .seconds(120),
        witness: @escaping @Sendable () async -> String = { "" }, _ statement: Statement,
        _ parameters: [any PostgresValue] = []
    ) async throws {
        try await FaultRig.within(limit, what, witness: witness) {
            // Listening begins before the first look, so nothing that moves afterwards is missed.
            for await event in Listener(pool.configuration).notifications(channels: ["test_moved"]) {
                if case .disconnected = event { continue }
                if try await isTrue(statement, parameters) { return }
            }
            throw CancellationError()
        }
    }

    private func isTrue(_ statement: Statement, _ parameters: [any PostgresValue]) async throws -> Bool {
        do {
            return try await pool.query(statement, parameters).only().get(0)
        } catch let error as PostgresError where error.isConnectionProblem {
            return false
        }
    }
}
