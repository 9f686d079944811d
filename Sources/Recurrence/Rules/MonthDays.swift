/// Days of a month as bits: bit n is day n. (Bit 0 is free for what a rule moves to the day before the first.)
enum MonthDays {
    /// A month with what choosing its days needs.
    struct Month {
        let year: Int
        let number: Int
        /// Days from 1970-01-01 to its first day.
        let firstDay: Int
        let length: Int
        /// Of its first day, 0 for Monday.
        let firstWeekday: Int

        @inline(__always)
        init(year: Int, number: Int) {
            self.year = year
            self.number = number
            firstDay = CivilMath.days(year: year, month: number, day: 1)
            length = CivilMath.length(year: year, month: number)
            firstWeekday = CivilMath.weekday(days: firstDay)
        }

        @inline(__always)
        var all: UInt32 { ~1 & (UInt32.max >> UInt32(31 - length)) }
    }

    /// Every day of the month that falls on one of the weekdays (bit 0 is Monday).
    @inline(__always)
    static func on(_ weekdays: UInt8, _ month: Month) -> UInt32 {
        let doubled = UInt32(weekdays) | UInt32(weekdays) << 7
        let week = doubled >> UInt32(month.firstWeekday) & 0x7f
        // Five copies of the week, moved so that its first bit is day 1.
        return (week << 1 | week << 8 | week << 15 | week << 22 | week << 29) & month.all
    }

    /// Days counted from the end (bit n is the n-th last) as days counted from the beginning.
    @inline(__always)
    static func fromEnd(_ days: UInt32, _ month: Month) -> UInt32 {
        // Reversing the word takes bit n to 31 - n; the n-th last day is length + 1 - n.
        UInt32(truncatingIfNeeded: (UInt64(reversed(days)) << 1) >> UInt64(31 - month.length))
    }

    @inline(__always)
    private static func reversed(_ value: UInt32) -> UInt32 {
        var value = value
        value = (value >> 1 & 0x5555_5555) | (value & 0x5555_5555) << 1
        value = (value >> 2 & 0x3333_3333) | (value & 0x3333_3333) << 2
        value = (value >> 4 & 0x0f0f_0f0f) | (value & 0x0f0f_0f0f) << 4
        return value.byteSwapped
    }

    /// The seven days from that day of the month on, which may be before its first.
    @inline(__always)
    static func week(from date: Int) -> UInt32 {
        date >= 1 ? 0x7f << UInt32(date) : (0xfe >> UInt32(1 - date)) & ~1
    }

    /// The n-th of a weekday in the month, the n-th last where negative; 0 where there is none.
    @inline(__always)
    static func nth(_ n: Int, weekday: Int, _ month: Month) -> UInt32 {
        let all = on(1 << UInt8(weekday), month)
        let count = all.nonzeroBitCount
        let index = n > 0 ? n - 1 : count + n
        guard index >= 0, index < count else { return 0 }
        return 1 << UInt32(all.trailingZeroBitCount + 7 * index)
    }
}
