import Synchronization

/// Whether a worker hears what it is told.
final class Hearing: Sendable {
    private let state = Mutex(false)

    /// One that cannot hear asks more often whether its runs are cancelled, and whether it is to go on at all.
    var isDeaf: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
