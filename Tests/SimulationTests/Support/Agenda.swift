import Recurrence

@testable import Model

/// What is to happen, by its moment; what has the same moment, in the order in which it was put down.
struct Agenda<Item: Sendable>: Sendable {
    private struct Entry: Comparable, Sendable {
        var at: Instant
        var number: Int
        var item: Item

        static func < (left: Entry, right: Entry) -> Bool { (left.at, left.number) < (right.at, right.number) }
        static func == (left: Entry, right: Entry) -> Bool { left.number == right.number }
    }

    private var entries = Heap<Entry>()
    private var count = 0

    var next: Instant? { entries.first?.at }

    mutating func add(_ item: Item, at moment: Instant) {
        count += 1
        entries.insert(Entry(at: moment, number: count, item: item))
    }

    /// What comes next, where that is by a moment.
    mutating func take(by moment: Instant) -> Item? {
        guard let first = entries.first, first.at <= moment else { return nil }
        _ = entries.popFirst()
        return first.item
    }

    /// Everything else is not to happen any more.
    mutating func keep(where isKept: (Item) -> Bool) {
        var kept = Heap<Entry>()
        while let entry = entries.popFirst() { if isKept(entry.item) { kept.insert(entry) } }
        entries = kept
    }
}
