/// What a cron expression's fields say, as bits.
struct CronFields: Hashable, Sendable {
    var times = TimeOfDaySet(hours: 0, minutes: 0, seconds: 1)
    /// Bit 1 is January.
    var months: UInt16 = 0
    var dayOfMonth = DayOfMonth()
    var dayOfWeek = DayOfWeek()
    /// Whether either of the day fields begins with a star: then both must hold, and else one is enough
    /// (Debian crontab(5)).
    var bothDays = true
    /// Whether neither minute nor hour begins with a star: Debian's cron then runs what a change of the clock skipped,
    /// and does not repeat what it repeats.
    var isFixed = false
    /// Whether the expression has a field of seconds.
    var hasSeconds = false

    struct DayOfMonth: Hashable, Sendable {
        /// Bit n is day n.
        var days: UInt32 = 0
        /// Bit n is the day n days before the last: bit 0 is `L`.
        var beforeLast: UInt32 = 0
        /// Bit n is the weekday nearest to day n, within the month: `nW`.
        var nearestWeekday: UInt32 = 0
        /// `LW`.
        var lastWeekday = false
    }

    struct DayOfWeek: Hashable, Sendable {
        /// Bit 0 is Monday.
        var days: UInt8 = 0
        /// For `n#k`, the weekdays of each k from 1 to 5.
        var nth: [UInt8] = []
        /// For `nL`.
        var last: UInt8 = 0
    }
}

extension CronFields {
    /// The days of a month on which it fires, the months' field not looked at.
    @inline(__always)
    func days(_ month: MonthDays.Month) -> UInt32 {
        let byMonth = dayOfMonth.days(month)
        let byWeek = dayOfWeek.days(month)
        return (bothDays ? byMonth & byWeek : byMonth | byWeek) & month.all
    }
}

extension CronFields.DayOfMonth {
    @inline(__always)
    func days(_ month: MonthDays.Month) -> UInt32 {
        var result = days
        if beforeLast != 0 { result |= MonthDays.fromEnd(beforeLast << 1, month) }
        if lastWeekday || nearestWeekday != 0 { result |= special(month) }
        return result
    }

    private func special(_ month: MonthDays.Month) -> UInt32 {
        let workdays = MonthDays.on(0b001_1111, month)
        var result: UInt32 = 0
        if lastWeekday { result |= 1 << UInt32(31 - workdays.leadingZeroBitCount) }
        var rest = nearestWeekday & month.all
        while rest != 0 {
            let day = UInt32(rest.trailingZeroBitCount)
            rest &= rest - 1
            // Friday before a Saturday, Monday after a Sunday, but never in another month.
            let candidates = [day, day - 1, day + 1, day + 2, day - min(day, 2)]
            if let nearest = candidates.first(where: { $0 >= 1 && $0 <= 31 && workdays >> $0 & 1 != 0 }) {
                result |= 1 << nearest
            }
        }
        return result
    }
}

extension CronFields.DayOfWeek {
    @inline(__always)
    func days(_ month: MonthDays.Month) -> UInt32 {
        var result = days == 0 ? 0 : MonthDays.on(days, month)
        if last != 0 {
            result |= MonthDays.on(last, month) & ~(month.all >> 7)
        }
        if !nth.isEmpty {
            for (index, weekdays) in nth.enumerated() where weekdays != 0 {
                // Days 1 to 7 hold each weekday's first, 8 to 14 its second, and so on.
                result |= MonthDays.on(weekdays, month) & (0b1111_1110 << UInt32(7 * index))
            }
        }
        return result
    }
}
