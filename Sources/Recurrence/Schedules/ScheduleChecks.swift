extension Schedule {
    /// Ten years of 365.25 days, within which a rule must be due to be of use.
    static let soon: Int64 = 315_576_000

    /// The time between the occurrence that is due at or after a moment and the one that follows it: one period.
    ///
    /// Nil where the rule ends before that. Throws as ``next(after:)`` does.
    public func period(at instant: Instant) throws(RuleError) -> Duration? {
        guard let first = try next(after: Instant(microseconds: max(instant.microseconds, .min + 1) - 1)),
            let second = try next(after: first.at)
        else { return nil }
        return second.at - first.at
    }

    /// Refuses a rule that never fires, or not within ten years of `now`. One that has fired and ended is let pass,
    /// so that a manifest stays good when its rule has come to its end.
    public func check(now: Instant) throws(RuleError) {
        if search(after: now.seconds, before: now.seconds + Self.soon) != nil { return }
        guard let next = search(after: now.seconds, before: RuleEngine.horizon) else {
            if hasEnd, search(after: LocalTime.firstSecond, before: RuleEngine.horizon) != nil { return }
            throw RuleError("the rule never fires", hint: neverHint)
        }
        throw RuleError(
            "the rule does not fire within ten years: first at \(LocalTime(seconds: next.local)), \(zone.name)",
            hint: "check its days, months and years")
    }

    private var neverHint: String {
        switch kind {
        case .cron: "no month that it names has a day that it names: 30 February, for instance, does not exist"
        case .excepted(let schedule):
            schedule.base.search(after: LocalTime.firstSecond, before: RuleEngine.horizon) == nil
                ? schedule.base.neverHint : "all times that it names are excluded"
        case .rule(let schedule) where schedule.set.namesOnlyOthers:
            "there is no business day within a year of what it names"
        case .rule(let schedule) where schedule.rule.until != nil:
            "its UNTIL lies before the first time that it matches"
        case .rule: "its BY parts exclude each other, or its INTERVAL always misses them"
        case .every: "its length is beyond the year 9999"
        }
    }
}
