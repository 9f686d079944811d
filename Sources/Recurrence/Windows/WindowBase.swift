/// The stretches in which a window would be open if no day were excepted, merged where they touch or overlap.
enum WindowBase: Sendable {
    case opening(Schedule, length: Int64)
    case outside(BusinessTime)

    /// What goes on for longer is taken to go on for ever.
    static let farthest: Int64 = 3653 * 86_400
    /// So many joined openings are followed in either direction.
    private static let mostSteps = 200_000

    typealias Stretch = (start: Int64, end: Int64)

    /// The first stretch that ends after a moment, with its true beginning; nil where there is none before `limit`.
    func first(endingAfter time: Int64, before limit: Int64) -> Stretch? {
        switch self {
        case .opening(let schedule, let length):
            guard let first = schedule.search(after: time - length, before: RuleEngine.horizon)?.time, first < limit
            else {
                return nil
            }
            return (Self.start(schedule, length, first), Self.end(schedule, length, first))
        case .outside(let business):
            let start: Int64
            if let end = business.end(at: time) {
                start = end
            } else {
                start = business.end(before: time) ?? ZoneTable.beginning
            }
            guard start < limit else { return nil }
            return (start, business.start(after: max(start, time)) ?? ZoneTable.never)
        }
    }

    /// Goes back from opening to opening as long as each reaches the one after it.
    private static func start(_ schedule: Schedule, _ length: Int64, _ first: Int64) -> Int64 {
        var start = first
        for _ in 0..<mostSteps {
            guard let earlier = schedule.search(after: start - length - 1, before: RuleEngine.horizon)?.time,
                earlier < start
            else { return start }
            start = earlier
            if start < first - farthest { break }
        }
        return ZoneTable.beginning
    }

    /// Goes on as long as another opening begins before this one has ended.
    private static func end(_ schedule: Schedule, _ length: Int64, _ first: Int64) -> Int64 {
        var (last, end) = (first, first + length)
        for _ in 0..<mostSteps {
            guard let next = schedule.search(after: last, before: RuleEngine.horizon)?.time, next <= end else {
                return end
            }
            last = latest(schedule, after: next, through: end)
            end = last + length
            if end > first + farthest { break }
        }
        return ZoneTable.never
    }

    /// Of many openings that begin before an end, one near to the last: found by halving, not by walking.
    private static func latest(_ schedule: Schedule, after known: Int64, through end: Int64) -> Int64 {
        var (low, high) = (known, end)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if let next = schedule.search(after: middle, before: RuleEngine.horizon)?.time, next <= end {
                low = next
            } else {
                high = middle
            }
        }
        return low
    }
}
