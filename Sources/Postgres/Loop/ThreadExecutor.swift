import CLibPQ
import Glibc

/// One thread of its own that runs the jobs of one connection's actor, and of tasks that prefer it.
///
/// A connection may block its thread while it waits for the server. That keeps a statement one straight piece of code
/// without a suspension inside, and costs nobody else: no other actor runs there.
final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private let queue = WorkQueue()

    /// - Parameter name: what `top -H` shows; the kernel keeps 15 bytes of it.
    init(name: String) throws(PostgresError) {
        let queue = queue
        try startThread(name: name) { queue.runUntilStopped() }
    }

    deinit {
        queue.stop()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        queue.add(.job(UnownedJob(job), self))
    }

    /// Runs blocking work that belongs to no task.
    func perform(_ work: @escaping @Sendable () -> Void) {
        queue.add(.work(work))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }

    func checkIsolated() {
        precondition(queue.isCurrentThread, "this is not the connection's thread")
    }
}
