import Postgres

extension Store {
    /// Whether the login that asked may not see what it asked for (insufficient privilege, PostgreSQL 15 appendix A).
    public static func isForbidden(_ error: any Error) -> Bool {
        (error as? PostgresError)?.sqlState == "42501"
    }

    /// Whether there was no server to ask.
    public static func isUnreachable(_ error: any Error) -> Bool {
        (error as? PostgresError)?.isConnectionProblem ?? false
    }
}

extension Store {
    /// Why something failed, in one line.
    public static func cause(of error: any Error) -> String {
        (error as? PostgresError)?.cause ?? "\(error)"
    }
}
