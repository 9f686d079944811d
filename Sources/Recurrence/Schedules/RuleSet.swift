/// What a rule names in local time, from its start to its end.
struct RuleSet: Sendable {
    private let engine: RuleEngine
    /// Local times that UNTIL leaves out though later ones belong: skipped by the clock, they come to be after it.
    private var late: Range<Int64> = 0..<0

    init(_ rule: RecurrenceRule, starting: LocalTime, zone: Zone) {
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
    }

    var start: LocalTime { LocalTime(seconds: engine.start) }
    var times: TimeOfDaySet { engine.times }

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
    @inline(__always)
    func first(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        let found = engine.first(atOrAfter: local, before: limit)
        guard let found, late.contains(found) else { return found }
        return engine.first(atOrAfter: late.upperBound, before: limit)
    }
}
