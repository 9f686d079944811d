extension PostgresError {
    /// A connection that did not come about, in libpq's words, with what to do about it.
    static func cannotConnect(_ message: String) -> PostgresError {
        // Lines that begin with a tab are general advice.
        let lines = message.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("\t") }
        let cause = lines.map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
        return PostgresError(
            .cannotConnect, operation: "connect", cause: cause.isEmpty ? "no connection came about" : cause,
            hint: hint(for: message))
    }

    /// libpq tells no code for a failed connection, so its words are looked at; where they are in another language the
    /// hint is the general one.
    private static func hint(for message: String) -> String {
        let hints = [
            ("password", "give the password in ~/.pgpass or PGPASSWORD, and check the user's name"),
            ("pg_hba.conf", "the server admits no such user from here: see its pg_hba.conf"),
            ("translate host name", "check the host's name, and that names are resolved here"),
            ("too many", "close some connections, or raise max_connections"),
            ("remaining connection slots", "close some connections, or raise max_connections"),
            ("starting up", "the server is starting: try again in a moment"),
            ("certificate", "check sslrootcert and the server's certificate"),
            ("does not exist", "create it, or name another with dbname= and user="),
            ("definition of service", "check the service's name, and PGSERVICEFILE"),
        ]
        return hints.first { message.contains($0.0) }?.1
            ?? "is PostgreSQL running there? start it, or name another server with host= and port="
    }

    static func connectDeadline(_ deadline: Duration) -> PostgresError {
        PostgresError(
            .cannotConnect, operation: "connect", cause: "no connection within \(deadline)",
            hint: "is PostgreSQL running there, and does the network let us through?")
    }

    /// libpq quotes what it does not understand, which may be part of a password.
    static func badConnectionString(_ conninfo: String, reason: String) -> PostgresError {
        let mayHoldPassword = conninfo.contains("password") || conninfo.contains("@")
        let line = reason.split(whereSeparator: \.isNewline).first.map(String.init) ?? "not understood"
        return PostgresError(
            .cannotConnect, operation: "connect",
            cause: mayHoldPassword ? "the connection string is not understood" : "the connection string: \(line)",
            hint: "write it as 'host=… dbname=… user=…' or postgresql://user@host:port/dbname")
    }
}
