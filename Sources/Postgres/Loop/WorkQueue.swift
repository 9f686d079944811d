import CLibPQ
import Glibc

/// What one thread has to do, in the order in which it came: the thread's half of a `ThreadExecutor`.
///
/// It is apart from the executor so that the thread keeps only the queue alive: when the executor goes, the thread ends.
final class WorkQueue: @unchecked Sendable {
    enum Item {
        case job(UnownedJob, ThreadExecutor)
        case work(@Sendable () -> Void)
    }

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var items: [Item] = []
    private var stopped = false
    private var thread: pthread_t?

    init() {
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    var isCurrentThread: Bool {
        locked { thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    func add(_ item: Item) {
        locked { items.append(item) }
        pthread_cond_signal(changed)
    }

    /// Lets the thread end once it has done what is queued.
    func stop() {
        locked { stopped = true }
        pthread_cond_signal(changed)
    }

    /// The thread's whole life.
    func runUntilStopped() {
        locked { thread = pthread_self() }
        var batch: [Item] = []
        while takeAll(into: &batch) {
            for index in batch.indices {
                perform(batch[index])
            }
            batch.removeAll(keepingCapacity: true)
        }
    }

    private func perform(_ item: Item) {
        switch item {
        case .work(let work):
            work()
        case .job(let job, let executor):
            job.runSynchronously(
                isolatedTo: executor.asUnownedSerialExecutor(), taskExecutor: executor.asUnownedTaskExecutor())
        }
    }

    private func takeAll(into batch: inout [Item]) -> Bool {
        locked {
            while items.isEmpty {
                if stopped { return false }
                pthread_cond_wait(changed, mutex)
            }
            swap(&items, &batch)
            return true
        }
    }

    private func locked<T>(_ body: () -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
