import Postgres

extension Store {
    /// Whether an error says that the database is away, or did not answer in time: the same may be asked again later.
    public static func isAway(_ error: any Error) -> Bool {
        guard let error = error as? PostgresError else { return false }
        return error.isConnectionProblem || error.kind == .deadline
    }
}
