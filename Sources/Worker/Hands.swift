import DequeModule
import Model
import Synchronization

/// All that a worker has in hand, and whether it is to take more.
///
/// A hand is first in the queue (taken ahead of its turn), then at work, then ended, and gone once the database knows.
final class Hands: Sendable {
    private struct State {
        /// Those whose leases are to be kept alive.
        var hands: [Int64: Hand] = [:]
        /// Not started yet, in their order.
        var queue: Deque<Hand> = []
        var working = 0
        var workingReactive = 0
        var ended: [EndedHand] = []
        var isStopping = false
        var isHurried = false
    }

    private let state = Mutex(State())
    private let slots: Int
    /// How many slots reactive runs may take.
    private let reactiveSlots: Int

    init(slots: Int, reserve: Int) {
        self.slots = slots
        reactiveSlots = slots - reserve
    }

    /// Takes hands into the queue.
    func add(_ hands: [Hand]) {
        state.withLock { state in
            for hand in hands { state.hands[hand.lease.attempt] = hand }
            state.queue += hands
        }
    }

    /// Those that are to be started now, as there are slots for them.
    func start() -> [Hand] {
        state.withLock { state in
            var starting: [Hand] = []
            while let hand = next(&state) { starting.append(hand) }
            return starting
        }
    }

    /// The hand's work has ended: its slot is free, and its end is to be told.
    /// - Returns: the next to be started in its place, where one is asked for and waits.
    func end(_ ended: EndedHand, takingNext: Bool) -> Hand? {
        state.withLock { state in
            state.working -= 1
            state.workingReactive -= ended.hand.lease.lane == .reactive ? 1 : 0
            state.ended.append(ended)
            return takingNext ? next(&state) : nil
        }
    }

    /// The first in the queue for which there is a slot.
    private func next(_ state: inout State) -> Hand? {
        guard state.working < slots else { return nil }
        let index = state.queue.firstIndex { $0.lease.lane == .proactive || state.workingReactive < reactiveSlots }
        guard let index else { return nil }
        let hand = state.queue.remove(at: index)
        state.working += 1
        state.workingReactive += hand.lease.lane == .reactive ? 1 : 0
        return hand
    }

    /// Those that wait in the queue and may not be started any more.
    func takeFromQueue(where condition: (Hand) -> Bool) -> [Hand] {
        state.withLock { state in
            let taken = Array(state.queue.filter(condition))
            if !taken.isEmpty { state.queue.removeAll(where: condition) }
            return taken
        }
    }

    /// What has ended since this was asked last, but not more than so many bytes of output after the first.
    func takeEnded(upTo bytes: Int) -> [EndedHand] {
        state.withLock { state in
            var count = 0
            var left = bytes
            while count < state.ended.count, left >= 0 {
                left -= state.ended[count].outputSize
                count += 1
            }
            let taken = Array(state.ended.prefix(count))
            state.ended.removeFirst(count)
            return taken
        }
    }

    /// What could not be told is to be told the next time.
    func putBack(_ ended: [EndedHand]) {
        state.withLock { $0.ended = ended + $0.ended }
    }

    /// The database knows of their end.
    func remove(_ hands: some Sequence<Hand>) {
        state.withLock { state in
            for hand in hands { state.hands.removeValue(forKey: hand.lease.attempt) }
        }
    }

    /// How many more runs may be taken, with so many ahead of their turn, and how many of them reactive ones.
    func room(ahead: (most: Int, reactive: Int)) -> (most: Int, reactive: Int) {
        state.withLock { state in
            guard !state.isStopping else { return (0, 0) }
            let most = slots + ahead.most - state.working - state.queue.count
            let queued = state.queue.count { $0.lease.lane == .reactive }
            // Of what is taken ahead as of the slots, the same part may be reactive.
            let reactive = reactiveSlots + ahead.reactive * reactiveSlots / slots - state.workingReactive - queued
            return (max(0, most), max(0, min(most, reactive)))
        }
    }

    /// Whether some are at work, or wait for a slot.
    var areBusy: Bool { state.withLock { $0.working > 0 || !$0.queue.isEmpty } }

    func contains(attempt: Int64) -> Bool { state.withLock { $0.hands[attempt] != nil } }
    var all: [Hand] { state.withLock { Array($0.hands.values) } }
    var count: Int { state.withLock { $0.hands.count } }

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
