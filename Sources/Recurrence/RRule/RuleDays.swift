/// The parts of a recurrence rule that choose days, as bits.
struct RuleDays: Hashable, Sendable {
    /// Bit 1 is January.
    private var months: UInt16
    private var choosesMonthDays = false
    /// Bit n is day n.
    private var monthDays: UInt32 = 0
    /// Bit n is the n-th day from the end.
    private var monthDaysFromEnd: UInt32 = 0
    private var choosesWeekdays = false
    /// Bit 0 is Monday.
    private var weekdays: UInt8 = 0
    private var nth: [RecurrenceRule.Day]
    private let nthOfYear: Bool
    private let yearDays: [Int]
    /// Bit n is week n, and the n-th week from the end.
    private var weeks: UInt64 = 0
    private var weeksFromEnd: UInt64 = 0
    private let weekStart: Int
    /// Whether any part chooses days, so that they must be looked at where the frequency is below a day.
    let choosesDays: Bool
    /// The weekdays, bit 0 for Monday, where nothing but them is chosen; nil elsewhere.
    private(set) var onlyWeekdays: UInt8?

    /// Whether BYMONTH and BYWEEKNO leave no day in any year.
    private(set) var isEmpty = false

    static let everyMonth: UInt16 = 0b1_1111_1111_1110

    init(_ rule: RecurrenceRule, starting: CivilDate) {
        months = rule.byMonth.reduce(0) { $0 | 1 << UInt16($1) }
        for day in rule.byMonthDay {
            if day > 0 { monthDays |= 1 << UInt32(day) } else { monthDaysFromEnd |= 1 << UInt32(-day) }
        }
        for day in rule.byDay where day.n == 0 { weekdays |= 1 << UInt8(day.weekday.bit) }
        nth = rule.byDay.filter { $0.n != 0 }
        nthOfYear = rule.frequency == .yearly && rule.byMonth.isEmpty
        yearDays = rule.byYearDay
        for week in rule.byWeekNumber {
            if week > 0 { weeks |= 1 << UInt64(week) } else { weeksFromEnd |= 1 << UInt64(-week) }
        }
        weekStart = rule.weekStart.bit
        choosesDays = ![rule.byMonth, rule.byMonthDay, rule.byYearDay].allSatisfy(\.isEmpty) || !rule.byDay.isEmpty
        takeFromStart(rule, starting)
        choosesMonthDays = monthDays != 0 || monthDaysFromEnd != 0
        choosesWeekdays = weekdays != 0 || !nth.isEmpty
        if months == 0 { months = Self.everyMonth }
        if weeks | weeksFromEnd != 0 {
            let both = months & WeekMonths.of(weeks, fromEnd: weeksFromEnd)
            if both == 0 { isEmpty = true } else { months = both }
        }
        let isPlain = months == Self.everyMonth && !choosesMonthDays && nth.isEmpty && yearDays.isEmpty
        if isPlain, weekdays != 0, weeks | weeksFromEnd == 0 { onlyWeekdays = weekdays }
    }

    /// What the rule leaves open is as in its start (RFC 5545 section 3.3.10).
    private mutating func takeFromStart(_ rule: RecurrenceRule, _ start: CivilDate) {
        // BYWEEKNO alone means every day of its weeks, as python-dateutil has it: it expands, and so leaves nothing
        // open.
        guard rule.byMonthDay.isEmpty, rule.byDay.isEmpty, rule.byYearDay.isEmpty, rule.byWeekNumber.isEmpty else {
            return
        }
        switch rule.frequency {
        case .yearly:
            if months == 0 { months = 1 << UInt16(start.month) }
            monthDays = 1 << UInt32(start.day)
        case .monthly: monthDays = 1 << UInt32(start.day)
        case .weekly: weekdays = 1 << UInt8(start.weekday.bit)
        default: break
        }
    }

    /// Whether it chooses weekdays, and nothing else of BYDAY.
    var choosesPlainWeekdays: Bool { weekdays != 0 && nth.isEmpty }
    var weekdayCount: Int { weekdays.nonzeroBitCount }
    func choosesWeekday(of day: Int) -> Bool { weekdays >> UInt8(CivilMath.weekday(days: day)) & 1 != 0 }

    var firstMonth: Int { months.trailingZeroBitCount }

    @inline(__always)
    func nextMonth(_ year: Int, _ number: Int) -> (Int, Int) {
        let later = months & ~((2 << UInt16(number)) - 1)
        return later == 0 ? (year + 1, months.trailingZeroBitCount) : (year, later.trailingZeroBitCount)
    }

    /// The days of a month that hold to every part.
    @inline(__always)
    func of(_ month: MonthDays.Month) -> UInt32 {
        let days = named(month)
        return days == 0 ? 0 : days & held(month)
    }

    /// The days that the parts name by their number: BYMONTH, BYMONTHDAY and BYYEARDAY.
    @inline(__always)
    func named(_ month: MonthDays.Month) -> UInt32 {
        guard months >> UInt16(month.number) & 1 != 0 else { return 0 }
        var days = month.all
        if choosesMonthDays {
            days &= monthDays | (monthDaysFromEnd == 0 ? 0 : MonthDays.fromEnd(monthDaysFromEnd, month))
        }
        if !yearDays.isEmpty { days &= ofYear(month) }
        return days
    }

    /// The days that the other parts let stand: BYDAY and BYWEEKNO.
    @inline(__always)
    func held(_ month: MonthDays.Month) -> UInt32 {
        var days = choosesWeekdays ? onWeekdays(month) : month.all
        if weeks | weeksFromEnd != 0 { days &= ofWeeks(month) }
        return days
    }

    /// Whether the parts name a day past the end of the month or of its year, or one before their beginning, that does
    /// not exist (the 31st of April, the 366th of a common year).
    func missing(_ month: MonthDays.Month) -> (past: Bool, before: Bool) {
        guard months >> UInt16(month.number) & 1 != 0 else { return (false, false) }
        if yearDays.isEmpty {
            let beyond = ~month.all & ~1
            return (monthDays & beyond != 0, monthDaysFromEnd & beyond != 0)
        }
        guard !choosesMonthDays, !CivilMath.isLeap(month.year) else { return (false, false) }
        return (month.number == 12 && yearDays.contains(366), month.number == 1 && yearDays.contains(-366))
    }

    @inline(__always)
    private func onWeekdays(_ month: MonthDays.Month) -> UInt32 {
        var result = weekdays == 0 ? 0 : MonthDays.on(weekdays, month)
        for day in nth {
            result |= nthOfYear ? nthInYear(day, month) : MonthDays.nth(day.n, weekday: day.weekday.bit, month)
        }
        return result
    }

    private func nthInYear(_ day: RecurrenceRule.Day, _ month: MonthDays.Month) -> UInt32 {
        let newYear = CivilMath.days(year: month.year, month: 1, day: 1)
        let length = CivilMath.length(year: month.year)
        let first = CivilMath.modulo(day.weekday.bit - CivilMath.weekday(days: newYear), 7)
        let count = (length - first + 6) / 7
        let index = day.n > 0 ? day.n - 1 : count + day.n
        guard index >= 0, index < count else { return 0 }
        return bit(newYear + first + 7 * index, month)
    }

    private func ofYear(_ month: MonthDays.Month) -> UInt32 {
        let newYear = CivilMath.days(year: month.year, month: 1, day: 1)
        let length = CivilMath.length(year: month.year)
        var result: UInt32 = 0
        for number in yearDays {
            let index = number > 0 ? number - 1 : length + number
            if index >= 0, index < length { result |= bit(newYear + index, month) }
        }
        return result
    }

    private func bit(_ day: Int, _ month: MonthDays.Month) -> UInt32 {
        let date = day - month.firstDay + 1
        return date >= 1 && date <= month.length ? 1 << UInt32(date) : 0
    }

    /// A week is numbered in the year that has most of its days (RFC 5545, ISO 8601): the first and last days of a
    /// year may be in a week of another.
    private func ofWeeks(_ month: MonthDays.Month) -> UInt32 {
        let (this, next) = (firstWeek(of: month.year), firstWeek(of: month.year + 1))
        var result: UInt32 = 0
        var date = 1 - CivilMath.modulo(month.firstWeekday - weekStart, 7)
        while date <= month.length {
            let week = month.firstDay + date - 1
            let start: Int
            let end: Int
            if week < this {
                (start, end) = (firstWeek(of: month.year - 1), this)
            } else if week < next {
                (start, end) = (this, next)
            } else {
                (start, end) = (next, firstWeek(of: month.year + 2))
            }
            let (number, rest) = ((week - start) / 7 + 1, (end - week) / 7)
            if weeks >> UInt64(number) & 1 != 0 || weeksFromEnd >> UInt64(rest) & 1 != 0 {
                result |= MonthDays.week(from: date) & month.all
            }
            date += 7
        }
        return result
    }

    /// The first day of a year's first week, the one that has at least four of its days.
    private func firstWeek(of year: Int) -> Int {
        let newYear = CivilMath.days(year: year, month: 1, day: 1)
        let before = CivilMath.modulo(CivilMath.weekday(days: newYear) - weekStart, 7)
        return before <= 3 ? newYear - before : newYear + 7 - before
    }
}
