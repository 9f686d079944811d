import Postgres

extension Store {
    /// Whether what failed may succeed when the same is asked again later: the database is away, did not answer in time,
    /// takes no writes just now, is short of something, or ended what stood in another's way
    /// (PostgreSQL 15, appendix A).
    public static func isPassing(_ error: any Error) -> Bool {
        guard let error = error as? PostgresError else { return false }
        if error.isConnectionProblem || error.isConflict || error.kind == .deadline { return true }
        guard let state = error.sqlState else { return false }
        // Read-only is what a server is while another takes its place.
        return state == "25006" || passingClasses.contains(String(state.prefix(2)))
    }

    /// Insufficient resources, operator intervention, system error.
    private static let passingClasses: Set<String> = ["53", "57", "58"]
}
