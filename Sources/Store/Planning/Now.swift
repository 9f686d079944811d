import Postgres
import Recurrence

extension Store {
    static let nowStatement: Statement = "select rota.now()"

    /// The time by the one clock that judges what is due and what has expired.
    public func now() async throws -> Instant {
        try await pool.query(Self.nowStatement, []).only().get(0)
    }
}
