import Recurrence

/// A line of the log: one attempt of a run, from its start to its end.
struct Stretch: Sendable {
    var job: String
    var client: String
    var asset: String
    var due: Instant
    var run: Int64
    var start: Instant
    var end: Instant
    var succeeded: Bool

    /// Whether the two were at work at the same time; the end of one and the start of the other may be the same moment.
    func overlaps(_ other: Stretch) -> Bool { start < other.end && other.start < end }
}

extension [Stretch] {
    /// The most that were at work at once: ends go before starts at the same moment.
    var mostAtOnce: Int {
        var changes = flatMap { [(at: $0.start, step: 1), (at: $0.end, step: -1)] }
        changes.sort { ($0.at, $0.step) < ($1.at, $1.step) }
        var going = 0
        var most = 0
        for change in changes {
            going += change.step
            most = Swift.max(most, going)
        }
        return most
    }

    /// Pairs of neighbours in time that were at work at once.
    var overlaps: [(Stretch, Stretch)] {
        let sorted = sorted { $0.start < $1.start }
        return zip(sorted, sorted.dropFirst()).filter { $0.overlaps($1) }
    }
}
