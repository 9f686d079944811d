extension RuleEngine {
    /// Whether the rule's times can ever come, whatever the day: told before any search, which would find nothing in
    /// eight thousand years.
    var canFire: Bool {
        guard !days.isEmpty, hasPosition else { return false }
        guard frequency > .daily else { return true }
        // Counted from the start in steps of INTERVAL, the hours (minutes, seconds) of the week that are ever reached
        // are those with the start's rest by the common divisor. A day is looked at first: it is the rest of a week.
        let unit = Int(Self.unit(frequency))
        let perDay = Int(CivilMath.secondsPerDay) / unit
        guard reaches(Self.divisor(interval, perDay), perDay, unit) else { return false }
        return !days.choosesPlainWeekdays || reaches(Self.divisor(interval, 7 * perDay), perDay, unit, weekdays: true)
    }

    /// Whether going around a day (or a week) in steps meets a time that the rule names.
    private func reaches(_ step: Int, _ perDay: Int, _ unit: Int, weekdays: Bool = false) -> Bool {
        if step == 1 { return true }
        var period = Int(CivilMath.modulo(startUnit, Int64(step)))
        while period < (weekdays ? 7 : 1) * perDay {
            let second = period % perDay * unit
            let next = times.first(atOrAfter: second)
            // Week 0 of the count begins where 1970 did.
            if next >= 0, next / unit == period % perDay, !weekdays || days.choosesWeekday(of: period / perDay) {
                return true
            }
            period += step
        }
        return false
    }

    /// Whether BYSETPOS names a place that some period has.
    private var hasPosition: Bool {
        guard !setPositions.isEmpty, frequency >= .weekly else { return true }
        var inPeriod = times
        if frequency >= .hourly { inPeriod.hours = 1 }
        if frequency >= .minutely { inPeriod.minutes = 1 }
        if frequency == .secondly { inPeriod.seconds = 1 }
        let most = inPeriod.count * (frequency == .weekly ? days.weekdayCount : 1)
        return setPositions.contains { abs($0) <= most }
    }

    private static func divisor(_ left: Int, _ right: Int) -> Int {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}
