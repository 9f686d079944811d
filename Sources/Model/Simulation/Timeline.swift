import Recurrence

/// What is to happen in a world, by its moment; what has the same moment happens in the order in which it was put down.
struct Timeline: Sendable {
    enum Entry: Sendable {
        /// An assignment is to be looked at.
        case wake(Int)
        /// An attempt ends, as its worker tells it.
        case end(Int64)
        /// The worker of an attempt that is to end has heard of it.
        case cancel(Int64)
        /// An attempt's lease has run out, and the time of grace after it.
        case lose(Int64)
        /// A ready run may start from now on. What was put down for an earlier place of it counts no more.
        case ready(run: Int64, version: Int32)
        /// A person completes a task, or acknowledges a reminder.
        case complete(run: Int64, version: Int32)
    }

    private struct Item: Comparable, Sendable {
        var at: Instant
        var number: Int64
        var entry: Entry

        static func < (left: Item, right: Item) -> Bool { (left.at, left.number) < (right.at, right.number) }
        static func == (left: Item, right: Item) -> Bool { left.number == right.number }
    }

    private var items = Heap<Item>()
    private var count: Int64 = 0

    var next: Instant? { items.first?.at }

    mutating func add(_ entry: Entry, at moment: Instant) {
        count += 1
        items.insert(Item(at: moment, number: count, entry: entry))
    }

    /// What is due by a moment, one after the other.
    mutating func take(by moment: Instant) -> (at: Instant, entry: Entry)? {
        guard let first = items.first, first.at <= moment else { return nil }
        _ = items.popFirst()
        return (first.at, first.entry)
    }
}
