import CLibPQ
import Glibc

/// One libpq connection, used from one thread: it blocks that thread while it waits, up to a deadline.
final class Session {
    /// Nil once the connection was closed or dropped.
    private(set) var postgres: OpaquePointer?
    let wake: Wake
    var prepared: PreparedStatements
    /// Whether a pooler stands in between; nil until it was looked for.
    var isPooled: Bool?
    let lastWords = LastWords()
    private let descriptors: UnsafeMutablePointer<pollfd>

    /// How long the server has to answer a request to cancel before its connection is dropped.
    static let grace: Duration = .seconds(2)

    init(_ postgres: OpaquePointer, wake: Wake, statements: Int) {
        self.postgres = postgres
        self.wake = wake
        self.prepared = PreparedStatements(limit: statements)
        self.descriptors = .allocate(capacity: 2)
        lastWords.listen(to: postgres)
    }

    deinit {
        close()
        descriptors.deallocate()
    }

    var isOpen: Bool {
        postgres.map { PQstatus($0) == CONNECTION_OK } ?? false
    }

    /// Whether the session stands outside any transaction block.
    var isOutsideTransaction: Bool {
        postgres.map { PQtransactionStatus($0) == PQTRANS_IDLE } ?? true
    }

    func close() {
        guard let postgres else { return }
        self.postgres = nil
        PQfinish(postgres)
    }

    /// Looks whether the server ended the session while nobody used it.
    func stillStands() -> Bool {
        guard let postgres, isOpen else { return false }
        var socket = pollfd(fd: PQsocket(postgres), events: Int16(POLLIN), revents: 0)
        while poll(&socket, 1, 0) > 0 {
            guard PQconsumeInput(postgres) == 1 else { return false }
            // Reads what was taken in, of which a goodbye is part.
            _ = PQisBusy(postgres)
        }
        return isOpen && isOutsideTransaction && lastWords.message == nil
    }

    /// Waits until the socket is ready.
    /// - Parameter number: the call whose cancellation ends the wait; nil waits on.
    func wait(_ postgres: OpaquePointer, writing: Bool, until deadline: Deadline, call number: UInt64?)
        throws(Interruption)
    {
        while true {
            descriptors[0] = pollfd(
                fd: PQsocket(postgres), events: Int16(writing ? POLLIN | POLLOUT : POLLIN), revents: 0)
            descriptors[1] = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(descriptors, 2, deadline.pollTimeout)
            if ready > 0, descriptors[1].revents != 0 {
                wake.drain()
            }
            if let number, wake.isCancelled(call: number) { throw .cancelled }
            if ready > 0, descriptors[0].revents != 0 { return }
            if deadline.isPast { throw .deadline }
        }
    }

    /// Waits until another thread rings.
    func waitForWake(until deadline: Deadline) throws(Interruption) {
        var ring = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&ring, 1, deadline.pollTimeout) > 0 {
            wake.drain()
        } else if deadline.isPast {
            throw .deadline
        }
    }
}
