/// In which months the weeks of a year can lie, so that the others need not be looked at.
enum WeekMonths {
    /// - Parameters:
    ///   - weeks: bit n is week n of some year.
    ///   - fromEnd: bit n is the n-th week from the end.
    /// - Returns: bit 1 for January. A day more on either side is counted in, to which SKIP may move one.
    static func of(_ weeks: UInt64, fromEnd: UInt64) -> UInt16 {
        var months: UInt16 = 0
        for week in 1...53 where weeks >> UInt64(week) & 1 != 0 {
            // The first week begins on 29 December at the earliest, on 4 January at the latest, whatever day weeks begin on.
            months |= spanned(by: -4 + 7 * (week - 1)...10 + 7 * (week - 1), ofYear: 0)
        }
        for week in 1...53 where fromEnd >> UInt64(week) & 1 != 0 {
            // The last week so ends on 28 December at the earliest, on 3 January at the latest.
            months |= spanned(by: -11 - 7 * (week - 1)...3 - 7 * (week - 1), ofYear: 1)
        }
        return months
    }

    /// The months of days that are counted from the beginning of a year or of the one after it, be it a leap year or not.
    private static func spanned(by days: ClosedRange<Int>, ofYear next: Int) -> UInt16 {
        var months: UInt16 = 0
        for year in [2023, 2024] {
            let newYear = CivilMath.days(year: year + next, month: 1, day: 1)
            for day in days { months |= 1 << UInt16(CivilMath.civil(days: newYear + day).month) }
        }
        return months
    }
}
