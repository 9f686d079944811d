import CLibPQ

extension Session {
    /// Runs several statements at once by the simple protocol. They are one transaction, unless they say otherwise.
    func execute(_ call: Call, script: String) throws(PostgresError) {
        let subject = Subject(statement: Statement(script))
        let results = try exchange(call, subject) { PQsendQuery($0, script) == 1 }
        _ = try rows(call, subject, results)
    }

    /// Runs one command of the client's own, which is not worth preparing. Only a commit among these takes effect.
    /// - Returns: what the server says that it did: `COMMIT`, or `ROLLBACK` in its place.
    @discardableResult
    func command(_ call: Call, _ sql: String, commits: Bool = false) throws(PostgresError) -> String {
        let subject = Subject(statement: Statement(sql), commits: commits, mayTakeEffect: commits)
        let results = try exchange(call, subject) { PQsendQuery($0, sql) == 1 }
        return try rows(call, subject, results).result.commandTag
    }
}
