/// A recurrence set, its dates moved: by a number of days, and then to business days.
struct MovedSet: Sendable {
    let set: RuleSet
    private let shift: Int64
    let move: BusinessDayMove?
    private let business: BusinessDays

    init(_ set: RuleSet, days: Int, move: BusinessDayMove?, business: BusinessDays) {
        self.set = set
        shift = Int64(days) * CivilMath.secondsPerDay
        self.move = move
        self.business = business
    }

    /// The first local time at or after `local` and before `limit`.
    @inline(__always)
    func first(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        if move != nil { return firstMoved(atOrAfter: local, before: limit) }
        return shifted(atOrAfter: local, before: limit)
    }

    /// Whether the rule names days, and only the move to business days leaves none of them.
    var namesOnlyOthers: Bool {
        move != nil && shifted(atOrAfter: LocalTime.firstSecond, before: RuleEngine.horizon) != nil
    }

    @inline(__always)
    private func shifted(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        guard let found = set.first(atOrAfter: local - shift, before: limit - shift) else { return nil }
        return found + shift
    }

    /// Goes from target day to target day: several days may be moved to one, and then their times mix.
    private func firstMoved(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        guard let move else { return nil }
        let today = max(CivilMath.split(local).day, CivilMath.firstDay)
        guard var target = business.first(from: today, step: 1) else { return nil }
        while Int64(target) * CivilMath.secondsPerDay < limit, let sources = move.sources(target, business) {
            if let found = earliest(sources, target, atOrAfter: local) { return found < limit ? found : nil }
            let next = Int64(sources.upperBound + 1) * CivilMath.secondsPerDay
            guard let later = shifted(atOrAfter: next, before: RuleEngine.horizon),
                let other = move.target(CivilMath.split(later).day, business)
            else { return nil }
            target = other
        }
        return nil
    }

    /// The earliest time of a target day among those of its sources.
    private func earliest(_ sources: ClosedRange<Int>, _ target: Int, atOrAfter local: Int64) -> Int64? {
        var (from, best) = (Int64(sources.lowerBound) * CivilMath.secondsPerDay, Int64?.none)
        let end = Int64(sources.upperBound + 1) * CivilMath.secondsPerDay
        while from < end, let found = shifted(atOrAfter: from, before: end) {
            let (day, second) = CivilMath.split(found)
            let moved = Int64(target) * CivilMath.secondsPerDay + Int64(second)
            if moved >= local { best = min(best ?? moved, moved) }
            // Of one day the times ascend: the first that is late enough stands for it.
            from =
                moved >= local
                ? Int64(day + 1) * CivilMath.secondsPerDay
                : found + min(local - moved, Int64(day + 1) * CivilMath.secondsPerDay - found)
        }
        return best
    }
}
