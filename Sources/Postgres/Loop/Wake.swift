import CLibPQ
import Glibc
import Synchronization

/// Ends the wait of a connection's thread from any other thread.
///
/// A cancellation names the call that it means, so that one which comes too late cannot hit the next statement.
final class Wake: Sendable {
    let descriptor: Int32
    private let cancelled = Atomic<UInt64>(0)

    init() throws(PostgresError) {
        descriptor = clibpq_wake_open()
        guard descriptor >= 0 else {
            throw PostgresError(
                .cannotConnect, operation: "connect",
                cause: "no descriptor is left to wake the connection's thread with",
                hint: "raise the limit of open files (ulimit -n), or open fewer connections")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Asks for the call of this number to end.
    func cancel(call number: UInt64) {
        cancelled.store(number, ordering: .releasing)
        ring()
    }

    func isCancelled(call number: UInt64) -> Bool {
        cancelled.load(ordering: .acquiring) == number
    }

    /// Makes the waiting thread look around.
    func ring() {
        clibpq_wake_write(descriptor)
    }

    func drain() {
        clibpq_wake_drain(descriptor)
    }
}
