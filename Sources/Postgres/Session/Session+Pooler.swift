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
        let question = Self.question(told)
        let subject = Subject(statement: Statement(question), mayTakeEffect: false)
        let results = try exchange(call, subject) { PQsendQuery($0, question) == 1 }
        let answers = try rows(call, subject, results)
        // The server's answer is freed with its last use, which the pointer to it does not count as.
        let process = withExtendedLifetime(answers) {
            PQgetvalue(answers.result.pointer, 0, 0).flatMap { Int32(String(cString: $0)) }
        }
        let found = process != told
        isPooled = found
        return found
    }

    /// With the answer the server comes to ask after a silent client itself, in the same round trip: by itself it notices one
    /// that was lost with its machine or network only after two hours, and keeps its session and what that has locked. Here it
    /// does after 20 s, unless it is set to do so sooner. A pooler's connections are not ours to set.
    private static func question(_ told: Int32) -> String {
        let settings = [
            ("tcp_keepalives_idle", 10), ("tcp_keepalives_interval", 3), ("tcp_keepalives_count", 3),
            ("tcp_user_timeout", 20_000),
        ]
        let set = settings.map { name, value in
            """
            case when pg_backend_pid() = \(told)
                and (current_setting('\(name)') = '0' or current_setting('\(name)')::int > \(value))
                then set_config('\(name)', '\(value)', false) end
            """
        }
        return "select pg_backend_pid()::text, " + set.joined(separator: ", ")
    }
}

extension Connection {
    /// Whether a pooler stands between us and the server. What a session keeps is then not to be relied on: statements are
    /// sent whole each time, and nothing is heard of notifications.
    public func isPooled() async throws -> Bool {
        try await call("look for a pooler", nil) { try session.lookForPooler($0) }
    }
}
