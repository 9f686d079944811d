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

    /// Whether the server has said nothing to an idle connection, which is then taken for sound without a look by its own
    /// thread: a server says goodbye before it leaves, and keepalives speak for one that cannot.
    nonisolated var isQuiet: Bool {
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) == 0
    }

    /// Whether an idle connection can be lent, whatever the server has said.
    var stillStands: Bool { session.stillStands() }
}
