import Postgres
import Recurrence

extension Store {
    static let nextWakeStatement: Statement = """
        select least(
            (select min(wake_at) from rota.assignment), (select rota.now() from rota.nudge limit 1)) - rota.now()
        """

    /// How long until the next assignment is to be looked at: negative where one is late, nil where there is none.
    public func nextWake() async throws -> Duration? {
        let interval: PostgresInterval? = try await pool.query(Self.nextWakeStatement, []).only().get(0)
        return interval.map { .microseconds($0.microseconds) }
    }
}
