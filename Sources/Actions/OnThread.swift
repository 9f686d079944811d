import Glibc

/// Runs work that blocks on a thread of its own, so that it holds up nobody else's.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(ThreadRefused) -> Value {
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<Value?, Never>) in
        if !startThread({ continuation.resume(returning: work()) }) { continuation.resume(returning: nil) }
    }
    guard let result else { throw ThreadRefused() }
    return result
}

/// The machine would not start a thread.
struct ThreadRefused: Error, CustomStringConvertible {
    var description: String { "the worker could not start a thread (see `ulimit -u`)" }
}

/// False where the machine would not; then the body is never run.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    let context = Unmanaged.passRetained(ThreadBody(run: body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }, context.toOpaque())
    guard code == 0 else {
        context.release()
        return false
    }
    pthread_detach(thread)
    return true
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
}
