/// A recurrence rule with its start, compiled into bits: it answers which local time comes first at or after another.
///
/// Local times are seconds, days are counted from 1970-01-01. Nothing here knows of zones.
struct RuleEngine: Hashable, Sendable {
    let frequency: RecurrenceRule.Frequency
    let interval: Int
    let start: Int64
    let skip: RecurrenceRule.Skip
    let setPositions: [Int]
    /// 0 for Monday.
    let weekStart: Int
    let days: RuleDays
    let times: TimeOfDaySet
    /// Where the start stands in the rule's own count: its day, its year, its month since year 0, its hour since
    /// 1970, …
    let startDay: Int
    let startYear: Int
    let startMonth: Int
    let startUnit: Int64
    /// The local time before which it ends, because of COUNT or UNTIL or because time does.
    var end: Int64

    static let horizon = LocalTime.lastSecond + 1

    init(_ rule: RecurrenceRule, starting: LocalTime) {
        frequency = rule.frequency
        interval = rule.interval
        start = starting.seconds
        // Only months and years can name a day that does not exist.
        skip = rule.frequency <= .monthly ? rule.skip : .omit
        setPositions = rule.bySetPosition
        weekStart = rule.weekStart.bit
        days = RuleDays(rule, starting: starting.date)
        times = Self.times(rule, starting)
        startDay = starting.date.daysSinceEpoch
        let (year, month, _) = CivilMath.civil(days: startDay)
        startYear = year
        startMonth = year * 12 + month - 1
        startUnit = CivilMath.floorDivide(starting.seconds, Self.unit(rule.frequency))
        end = Self.horizon
        if !canFire { end = start }
    }

    /// Seconds of the periods of the frequencies below a day.
    static func unit(_ frequency: RecurrenceRule.Frequency) -> Int64 {
        switch frequency {
        case .hourly: 3600
        case .minutely: 60
        case .secondly: 1
        default: CivilMath.secondsPerDay
        }
    }

    /// What the rule leaves open is taken from the start, unless the frequency itself says it.
    private static func times(_ rule: RecurrenceRule, _ start: LocalTime) -> TimeOfDaySet {
        func bits(_ values: [Int], _ open: UInt64) -> UInt64 {
            values.isEmpty ? open : values.reduce(0) { $0 | 1 << UInt64($1) }
        }
        let frequency = rule.frequency
        return TimeOfDaySet(
            hours: UInt32(
                bits(rule.byHour, frequency < .hourly ? 1 << UInt64(start.hour) : UInt64(TimeOfDaySet.allHours))),
            minutes: bits(rule.byMinute, frequency < .minutely ? 1 << UInt64(start.minute) : TimeOfDaySet.allSixty),
            seconds: bits(rule.bySecond, frequency < .secondly ? 1 << UInt64(start.second) : TimeOfDaySet.allSixty))
    }

    /// The first local time of the rule that is at or after `local` and before `limit`.
    func first(atOrAfter local: Int64, before limit: Int64 = RuleEngine.horizon) -> Int64? {
        let (local, limit) = (max(local, start), min(limit, end))
        guard local < limit else { return nil }
        if frequency > .daily { return firstWithinDays(atOrAfter: local, before: limit) }
        if !setPositions.isEmpty, frequency == .daily { return firstOfDays(atOrAfter: local, before: limit) }
        if !setPositions.isEmpty || skip != .omit { return firstOfPeriods(atOrAfter: local, before: limit) }
        let (today, second) = CivilMath.split(local)
        guard let day = firstDay(atOrAfter: second > times.last ? today + 1 : today, before: limit) else { return nil }
        let time = day == today ? times.first(atOrAfter: second) : times.first
        let answer = Int64(day) * CivilMath.secondsPerDay + Int64(time)
        return answer < limit ? answer : nil
    }

    /// The first day that the rule chooses, for frequencies of a day and more.
    func firstDay(atOrAfter from: Int, before limit: Int64) -> Int? {
        if frequency == .daily, !days.choosesDays {
            // Every INTERVAL-th day is due: no month has to be looked at.
            let day = interval == 1 ? from : from + CivilMath.modulo(startDay - from, interval)
            return Int64(day) * CivilMath.secondsPerDay < limit ? day : nil
        }
        if interval == 1, let weekdays = days.onlyWeekdays {
            // The same in every week: the bits of two weeks, turned so that the first day is the lowest.
            let turned = (UInt16(weekdays) | UInt16(weekdays) << 7) >> UInt16(CivilMath.weekday(days: from))
            let day = from + turned.trailingZeroBitCount
            return Int64(day) * CivilMath.secondsPerDay < limit ? day : nil
        }
        var (year, number, date) = CivilMath.civil(days: from)
        while true {
            let month = MonthDays.Month(year: year, number: number)
            guard Int64(month.firstDay) * CivilMath.secondsPerDay < limit else { return nil }
            let chosen = aligned(days.of(month), month) & (UInt32.max << UInt32(date))
            if chosen != 0 { return month.firstDay + chosen.trailingZeroBitCount - 1 }
            (year, number) = nextMonth(year, number)
            date = 1
        }
    }

    /// Without the days that INTERVAL leaves out.
    @inline(__always)
    private func aligned(_ chosen: UInt32, _ month: MonthDays.Month) -> UInt32 {
        if interval == 1 || chosen == 0 { return chosen }
        switch frequency {
        case .yearly: return CivilMath.modulo(month.year - startYear, interval) == 0 ? chosen : 0
        case .monthly:
            return CivilMath.modulo(month.year * 12 + month.number - 1 - startMonth, interval) == 0 ? chosen : 0
        case .weekly: return chosen & alignedWeeks(month)
        default: return chosen & alignedDays(month)
        }
    }

    private func alignedDays(_ month: MonthDays.Month) -> UInt32 {
        var result: UInt32 = 0
        var day = CivilMath.modulo(startDay - month.firstDay, interval) + 1
        while day <= month.length {
            result |= 1 << UInt32(day)
            day += interval
        }
        return result
    }

    private func alignedWeeks(_ month: MonthDays.Month) -> UInt32 {
        var result: UInt32 = 0
        // The week that holds the first of the month begins on or before it.
        var day = 1 - CivilMath.modulo(month.firstWeekday - weekStart, 7)
        var week = CivilMath.floorDivide(month.firstDay + day - 1 - firstWeek, 7)
        while day <= month.length {
            if CivilMath.modulo(week, interval) == 0 { result |= MonthDays.week(from: day) }
            (day, week) = (day + 7, week + 1)
        }
        return result
    }

    /// The first day of the start's week.
    var firstWeek: Int { startDay - CivilMath.modulo(CivilMath.weekday(days: startDay) - weekStart, 7) }

    /// The next month in which the rule may have days: those that its BYMONTH and its INTERVAL leave out are jumped
    /// over.
    private func nextMonth(_ year: Int, _ number: Int) -> (Int, Int) {
        switch frequency {
        case .monthly where interval > 1:
            let index = year * 12 + number
            let month = index + CivilMath.modulo(startMonth - index, interval)
            return (month / 12, month % 12 + 1)
        case .yearly where interval > 1:
            let (next, month) = days.nextMonth(year, number)
            let aligned = next + CivilMath.modulo(startYear - next, interval)
            return aligned == next ? (next, month) : (aligned, days.firstMonth)
        case .daily where interval > 31, .weekly where interval > 5:
            return nextAlignedMonth(year, number)
        default:
            return days.nextMonth(year, number)
        }
    }

    private func nextAlignedMonth(_ year: Int, _ number: Int) -> (Int, Int) {
        let next = number == 12 ? (year + 1, 1) : (year, number + 1)
        let first = CivilMath.days(year: next.0, month: next.1, day: 1)
        // The last day of an aligned week is what may lie in the month while its beginning does not.
        let (origin, length, slack) = frequency == .daily ? (startDay, interval, 0) : (firstWeek, interval * 7, 6)
        let day = first + CivilMath.modulo(origin + slack - first, length) - slack
        let (alignedYear, alignedMonth, _) = CivilMath.civil(days: max(day, first))
        return (alignedYear, alignedMonth)
    }
}
