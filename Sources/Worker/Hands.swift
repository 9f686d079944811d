import Model
import Synchronization

/// All that a worker has in hand, and whether it is to take more.
final class Hands: Sendable {
    private struct State {
        var hands: [Int64: Hand] = [:]
        var isStopping = false
        var isHurried = false
    }

    private let state = Mutex(State())

    func add(_ hand: Hand) {
        state.withLock { $0.hands[hand.lease.attempt] = hand }
    }

    func remove(_ hand: Hand) {
        _ = state.withLock { $0.hands.removeValue(forKey: hand.lease.attempt) }
    }

    var all: [Hand] { state.withLock { Array($0.hands.values) } }
    var count: Int { state.withLock { $0.hands.count } }
    var reactive: Int { state.withLock { $0.hands.values.count { $0.lease.lane == .reactive } } }

    /// No more is taken from now on.
    var isStopping: Bool { state.withLock { $0.isStopping } }
    /// What is going is ended from now on.
    var isHurried: Bool { state.withLock { $0.isHurried } }

    func stop() {
        state.withLock { $0.isStopping = true }
    }

    func hurry() {
        let hands = state.withLock { state in
            state.isStopping = true
            state.isHurried = true
            return Array(state.hands.values)
        }
        for hand in hands { hand.end(.stopping) }
    }
}
