import Recurrence
import Synchronization

/// The moment before which no lease runs out: what ended long ago is not walked over at each look, however long an old
/// snapshot keeps it in the index.
public final class LeaseFloor: Sendable {
    private struct State {
        var moment = Instant.distantPast
        var looks = 0
    }

    /// Every so many looks all leases are looked at: one that took longer to be written than it lasts may have come in
    /// below the floor.
    private static let looksFromFloor = 60

    private let state = Mutex(State())

    public init() {}

    func forLook() -> Instant {
        state.withLock { state in
            state.looks += 1
            if state.looks > Self.looksFromFloor { state = State() }
            return state.moment
        }
    }

    func raise(to moment: Instant) {
        state.withLock { $0.moment = max($0.moment, moment) }
    }
}
