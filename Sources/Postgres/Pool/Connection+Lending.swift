import Glibc

extension Connection {
    /// Runs `body` for a borrower and goes back to the pool.
    func lend<T>(from pool: Pool, _ body: (isolated Connection) async throws -> T) async throws -> T {
        defer {
            // A transaction that somebody left open must not become the next borrower's.
            let isClean = session.isOpen && session.isOutsideTransaction
            if !pool.giveBack(self, isClean: isClean) { session.close() }
        }
        return try await body(self)
    }

    /// Whether an idle connection can be lent. A socket with nothing to read is taken for sound without a look by its
    /// own thread, since the server says goodbye before it leaves, and keepalives speak for it when it cannot.
    nonisolated var isUsable: Bool {
        get async {
            var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 0) == 0 { return true }
            return await stillStands
        }
    }

    private var stillStands: Bool { session.stillStands() }
}
