import CLibPQ

extension Session {
    /// Whether a pooler (PgBouncer, say) stands between us and the server, which is asked once.
    ///
    /// One that lends its connections transaction by transaction gives each to others in between, so nothing that a session
    /// keeps can be relied on: no prepared statement, and no `LISTEN`. A pooler tells its clients a process of its own making
    /// to cancel with, and not the one that answers.
    func lookForPooler(_ call: Call) throws(PostgresError) -> Bool {
        if let isPooled { return isPooled }
        guard let postgres else { throw .closed(call, Subject()) }
        let told = PQbackendPID(postgres)
        let subject = Subject(statement: "select pg_backend_pid()::text", mayTakeEffect: false)
        let results = try exchange(call, subject) { PQsendQuery($0, "select pg_backend_pid()::text") == 1 }
        let answers = try rows(call, subject, results)
        // The server's answer is freed with its last use, which the pointer to it does not count as.
        let process = withExtendedLifetime(answers) {
            PQgetvalue(answers.result.pointer, 0, 0).flatMap { Int32(String(cString: $0)) }
        }
        let found = process != told
        isPooled = found
        return found
    }
}

extension Connection {
    /// Whether a pooler stands between us and the server. What a session keeps is then not to be relied on: statements are
    /// sent whole each time, and nothing is heard of notifications.
    public func isPooled() async throws -> Bool {
        try await call("look for a pooler", nil) { try session.lookForPooler($0) }
    }
}
