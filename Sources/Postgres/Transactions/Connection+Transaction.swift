extension Connection {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// - Throws: what `body` throws; `PostgresError` of kind `outcomeUnknown` where the connection was lost, or the wait
    ///   given up, inside COMMIT: look whether it took effect before doing it again. One that is a `conflict` may be run
    ///   again as a whole.
    public func transaction<T>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false,
        _ body: @Sendable (isolated Connection) async throws -> T
    ) async throws -> T {
        guard session.isOutsideTransaction else {
            throw PostgresError(
                .usage, operation: "begin", cause: "a transaction is open already", hint: "nest with savepoint()")
        }
        let begin = "begin isolation level \(isolation.rawValue)\(readOnly ? " read only" : "")"
        try await call("begin", nil) { call in
            // What is set on the way would be undone with the transaction.
            _ = try session.lookForPooler(call)
            try session.command(call, begin + patience)
        }
        do {
            let value = try await body(self)
            try await commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// In the same message, as a round trip of its own would be too much for it.
    private var patience: String {
        guard let patience = configuration.transactionPatience else { return "" }
        let milliseconds = max(1, Int64(patience / .milliseconds(1)))
        return "; set local idle_in_transaction_session_timeout = \(milliseconds)"
    }

    private func commit() async throws {
        let answer = try await call("commit", nil) { try session.command($0, "commit", commits: true) }
        guard answer == "COMMIT" else {
            throw PostgresError(
                .server, operation: "commit", cause: "rolled back, as a statement in the transaction had failed",
                hint: "let the statement's error through, or wrap what may fail in savepoint()")
        }
    }

    /// A transaction that cannot be rolled back ends with its connection.
    private func rollBack() {
        guard session.isOpen, !session.isOutsideTransaction else { return }
        do {
            try session.command(uncancellable("rollback", within: Session.grace), "rollback")
        } catch {
            session.close()
        }
    }
}
