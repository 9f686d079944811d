import CLibPQ
import Glibc

/// Starts a detached thread that runs `body` and ends with it.
func startThread(name: String, _ body: @escaping @Sendable () -> Void) throws(PostgresError) {
    let start = ThreadStart(name: name, body: body)
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
            clibpq_name_this_thread(start.name)
            start.body()
            return nil
        }, Unmanaged.passRetained(start).toOpaque())
    guard code == 0 else {
        Unmanaged.passUnretained(start).release()
        throw PostgresError(
            .cannotConnect, operation: "connect", cause: "no thread could be started for the connection",
            hint: "raise the limit of processes and threads (ulimit -u), or open fewer connections")
    }
    pthread_detach(thread)
}

private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}
