import Actions
import Store
import Synchronization

/// A run that this worker has in hand.
final class Hand: Sendable {
    /// Why its work is ended before it ends by itself.
    enum Ending: Sendable {
        /// A person cancelled the run.
        case cancelled
        /// The attempt was ended by others: its result counts for nothing.
        case superseded
        /// The worker has to stop.
        case stopping
    }

    let lease: Lease
    let permit: Permit
    /// At this moment or later it is not started any more.
    let startBy: BootTime
    private let ending = Mutex<Ending?>(nil)
    private let ended = AsyncStream<Never>.makeStream()

    init(lease: Lease, permit: Permit, startBy: BootTime) {
        self.lease = lease
        self.permit = permit
        self.startBy = startBy
    }

    /// Ends the work; the first reason counts, but for a lease that was superseded, which outweighs the others.
    func end(_ reason: Ending) {
        ending.withLock { ending in
            if ending == nil || reason == .superseded { ending = reason }
        }
        ended.continuation.finish()
    }

    var whyEnded: Ending? { ending.withLock { $0 } }

    /// Returns once the work is to be ended, or the task is cancelled.
    func waitForEnd() async {
        for await _ in ended.stream {}
    }
}
