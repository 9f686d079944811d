import Postgres
import Recurrence

extension Instant: PostgresWrapper {
    public var postgresBase: PostgresTimestamp { PostgresTimestamp(microseconds: microseconds) }

    public init(postgresBase: PostgresTimestamp) {
        self.init(microseconds: postgresBase.microseconds)
    }
}

extension LocalTime: PostgresWrapper {
    public var postgresBase: String { description }

    public init(postgresBase: String) throws {
        guard let time = LocalTime(postgresBase) else {
            throw PostgresDecodingProblem("is not a local time such as 2026-01-04T02:00:00")
        }
        self = time
    }
}
