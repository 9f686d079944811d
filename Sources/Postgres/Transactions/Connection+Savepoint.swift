extension Connection {
    /// Runs `body` inside the open transaction such that its failure undoes only what it did itself.
    ///
    /// - Throws: what `body` throws, after what it did was undone.
    public func savepoint<T>(_ body: @Sendable (isolated Connection) async throws -> T) async throws -> T {
        guard !session.isOutsideTransaction else {
            throw PostgresError(
                .usage, operation: "savepoint", cause: "no transaction is open", hint: "call it inside transaction()")
        }
        // A savepoint hides an outer one of the same name until it is released, so one name serves any depth.
        try await call("savepoint", nil) { try session.command($0, "savepoint here") }
        do {
            let value = try await body(self)
            try await call("release savepoint", nil) { try session.command($0, "release savepoint here") }
            return value
        } catch {
            undo()
            throw error
        }
    }

    private func undo() {
        guard session.isOpen, !session.isOutsideTransaction else { return }
        do {
            let call = uncancellable("rollback to savepoint", within: Session.grace)
            try session.command(call, "rollback to savepoint here")
            try session.command(call, "release savepoint here")
        } catch {
            session.close()
        }
    }
}
