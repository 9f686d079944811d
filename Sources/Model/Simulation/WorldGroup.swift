import Recurrence

/// A group of runs of a world, of which only so many are at work at once.
public struct WorldGroup: Sendable {
    public internal(set) var limit: RunLimit
    /// So many are at work now.
    public internal(set) var inUse = 0
    /// Runs that found it full, in the order in which they are let go.
    var parked = Heap<Turn>()

    var room: Int { limit.most.map { $0 - inUse } ?? .max }
}

/// A queue of a world: ready runs that may start now.
struct WorldQueue: Sendable {
    let name: String
    /// So many are at work at once; nil is as many as there are.
    var slots: Int?
    /// Whether a worker lives that takes its runs.
    var hasWorker = true
    var going = 0
    var ready = Heap<Turn>()

    var isFull: Bool { slots.map { going >= $0 } ?? false }
    var hasSlot: Bool { hasWorker && !isFull }
}

/// The order in which runs are taken: by turn, and then by number.
struct Turn: Comparable, Sendable {
    var turn: Instant
    var run: Int64
    /// Of the run, when it was put down.
    var version: Int32

    /// A point of priority counts as five minutes of age.
    init(notBefore: Instant, priority: Int, run: Int64, version: Int32) {
        turn = notBefore - .seconds(300 * priority)
        self.run = run
        self.version = version
    }

    static func < (left: Turn, right: Turn) -> Bool { (left.turn, left.run) < (right.turn, right.run) }
}
