import CLibPQ
import Glibc
import Synchronization

/// A request to the server to end what a connection is doing, made on a thread of its own: `PQcancel` connects anew and
/// blocks, without a limit where the network is silent.
final class CancelRequest: Sendable {
    private let done = Atomic<Bool>(false)

    /// - Parameter wake: rung when the server has taken the request.
    init(_ postgres: OpaquePointer, wake: Wake) {
        guard let cancel = PQgetCancel(postgres) else {
            done.store(true, ordering: .releasing)
            return
        }
        let handle = CancelHandle(cancel)
        do {
            try startThread(name: "pg-cancel") { [self] in
                handle.send()
                done.store(true, ordering: .releasing)
                wake.ring()
            }
        } catch {
            // Without a thread to spare the connection's own one asks, at the price of an unbounded wait.
            handle.send()
            done.store(true, ordering: .releasing)
        }
    }

    var isDone: Bool {
        done.load(ordering: .acquiring)
    }
}

/// libpq's key to cancel with, which any one thread may use.
private final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// A failure needs no report: the server then does not answer in time, and the connection is dropped.
    func send() {
        var reason = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &reason, Int32(reason.count))
    }
}
