/// A recurrence set in local time: a rule from its start, with what is included and excluded besides.
struct RuleSet: Sendable {
    private let engine: RuleEngine
    private let including: [Int64]
    private let excluding: [Int64]
    /// Local times that UNTIL leaves out though later ones belong: skipped by the clock, they come to be after it.
    private var late: Range<Int64> = 0..<0

    init(_ rule: RecurrenceRule, starting: LocalTime, zone: Zone, including: [LocalTime], excluding: [LocalTime]) {
        var engine = RuleEngine(rule, starting: starting)
        switch rule.until {
        case .date(let date): engine.end = min(engine.end, Int64(date.daysSinceEpoch + 1) * CivilMath.secondsPerDay)
        case .local(let local): engine.end = min(engine.end, local.seconds + 1)
        case .utc(let instant):
            let segment = zone.table.segment(at: instant.seconds)
            // All that the clock shows until then; where it is just being put back, also what it shows again.
            let last = max(instant.seconds + segment.offset, segment.start + segment.before - 1)
            engine.end = min(engine.end, last + 1)
            let (gap, end) = (instant.seconds + segment.before + 1, segment.start + segment.offset)
            if gap < end { late = gap..<end }
        case nil: break
        }
        if let count = rule.count { engine.end = Self.end(engine, count) }
        self.engine = engine
        self.including = Set(including.map(\.seconds)).sorted()
        self.excluding = Set(excluding.map(\.seconds)).sorted()
    }

    var start: LocalTime { LocalTime(seconds: engine.start) }
    var times: TimeOfDaySet { engine.times }
    var included: Int { including.count }
    var excluded: Int { excluding.count }

    /// COUNT counts what the rule gives, before anything is excluded.
    private static func end(_ engine: RuleEngine, _ count: Int) -> Int64 {
        var last = engine.start - 1
        for _ in 0..<count {
            guard let next = engine.first(atOrAfter: last + 1) else { return engine.end }
            last = next
        }
        return last + 1
    }

    /// The first local time of the set that is at or after `local` and before `limit`.
    func first(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        var from = local
        while true {
            var found = engine.first(atOrAfter: from, before: limit)
            if let time = found, late.contains(time) { found = engine.first(atOrAfter: late.upperBound, before: limit) }
            if let extra = including.first(atOrAfter: from), extra < found ?? limit { found = extra }
            guard let time = found, excluding.first(atOrAfter: time) == time else { return found }
            from = time + 1
        }
    }
}

extension [Int64] {
    /// Of a sorted array.
    fileprivate func first(atOrAfter value: Int64) -> Int64? {
        if isEmpty { return nil }
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < count ? self[low] : nil
    }
}
