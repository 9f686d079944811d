import Recurrence

/// What is to happen in a database by its moment; what has the same moment, in the order in which it was put down.
struct RealAgenda {
    enum Item {
        /// A worker tells how its attempt ended.
        case end(Int64)
        /// The last renewal of a lease of which the worker is not heard of again.
        case lastRenewal(Int64)
        /// A lease has run out, and the time of grace after it.
        case lose
        /// A worker hears that it is to end its attempt.
        case cancel(Int64)
        /// A person has done a task.
        case complete(Int64)
    }

    private var items: [(at: Instant, item: Item)] = []

    var next: Instant? { items.first?.at }

    mutating func add(_ item: Item, at moment: Instant) {
        let place = items.firstIndex { $0.at > moment } ?? items.count
        items.insert((moment, item), at: place)
    }

    mutating func take(by moment: Instant) -> Item? {
        guard let first = items.first, first.at <= moment else { return nil }
        return items.removeFirst().item
    }
}
