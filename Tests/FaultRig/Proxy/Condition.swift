import Glibc

/// Threads that wait for something to change (pthread_cond_wait(3)).
final class Condition: @unchecked Sendable {
    // Both are used by their address alone, which stays, and by functions that are made for several threads.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Blocks while the answer is yes; asked again whenever `tell` was called.
    func wait(while isSo: () -> Bool) {
        pthread_mutex_lock(mutex)
        while isSo() { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }

    func tell() {
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }
}
