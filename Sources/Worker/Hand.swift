import Actions
import Model
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

    private struct State {
        var ending: Ending?
        /// The task that does the work, while it does.
        var task: RunningTask?
    }

    /// A task that is known to run as long as it stands in a hand's state: so it may be cancelled from elsewhere.
    private struct RunningTask: @unchecked Sendable {
        let task: UnsafeCurrentTask
    }

    let lease: Lease
    let permit: Permit
    let takenAt: BootTime
    /// At this moment or later it is not started any more.
    let startBy: BootTime
    private let state: Mutex<State>

    init(lease: Lease, permit: Permit, takenAt: BootTime, startBy: BootTime) {
        self.lease = lease
        self.permit = permit
        self.takenAt = takenAt
        self.startBy = startBy
        state = Mutex(State())
    }

    /// Ends the work; the first reason counts, but for a lease that was superseded, which outweighs the others.
    func end(_ reason: Ending) {
        state.withLock { state in
            if state.ending == nil || reason == .superseded { state.ending = reason }
            state.task?.task.cancel()
        }
    }

    var whyEnded: Ending? { state.withLock { $0.ending } }

    /// Does the work in the current task, which is cancelled when the work is to be ended; not at all where that was so
    /// before.
    func work<T>(_ body: () async -> T) async -> T? {
        let task = withUnsafeCurrentTask { $0.map(RunningTask.init) }
        let isWanted = state.withLock { state in
            // It is taken away again, under the same lock, before the task ends.
            state.task = task
            return state.ending == nil
        }
        defer { state.withLock { $0.task = nil } }
        return isWanted ? await body() : nil
    }
}

/// A hand whose work has ended.
struct EndedHand: Sendable {
    var hand: Hand
    /// What the database is to be told; nil where the attempt is not this worker's any more.
    var end: Conclusion?

    /// How many bytes of output are to be told.
    var outputSize: Int {
        guard case .finished(let outcome, _) = end, let output = outcome.output else { return 0 }
        return output.head.count + output.tail.count
    }
}
