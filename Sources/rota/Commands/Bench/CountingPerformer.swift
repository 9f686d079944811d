import Actions
import Model
import Store
import Synchronization

/// Does nothing, and counts how often.
final class CountingPerformer: Performing {
    private let count = Atomic<Int64>(0)
    private let last: Int64
    /// Rung when it has been asked for the last time.
    let done = Bell()

    init(until last: Int64) { self.last = last }

    func perform(_ context: ActionContext, in environment: ActionEnvironment, permit: Permit) async -> Outcome {
        if count.add(1, ordering: .relaxed).newValue == last { done.ring() }
        return Outcome(.succeeded)
    }
}
