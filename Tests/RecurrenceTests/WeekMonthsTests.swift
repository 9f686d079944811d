import Testing

@testable import Recurrence

struct WeekMonthsTests {
    @Test func `every day lies in a month that its week may lie in, and no week is looked for everywhere`() {
        for weekStart in 0..<7 {
            // The week of a day belongs to the year that has its fourth day.
            func week(_ day: Int) -> (year: Int, start: Int) {
                let start = day - CivilMath.modulo(CivilMath.weekday(days: day) - weekStart, 7)
                return (CivilMath.civil(days: start + 3).year, start)
            }
            func first(_ year: Int) -> Int { week(CivilMath.days(year: year, month: 1, day: 4)).start }
            for day in CivilMath.days(year: 2000, month: 1, day: 1)...CivilMath.days(year: 2028, month: 12, day: 31) {
                let (year, start) = week(day)
                let number = (start - first(year)) / 7 + 1
                let fromEnd = (first(year + 1) - start) / 7
                let month = UInt16(CivilMath.civil(days: day).month)
                guard WeekMonths.of(1 << UInt64(number), fromEnd: 0) >> month & 1 != 0,
                    WeekMonths.of(0, fromEnd: 1 << UInt64(fromEnd)) >> month & 1 != 0
                else {
                    Issue.record("\(CivilDate(daysSinceEpoch: day)), weeks from \(weekStart)")
                    return
                }
            }
        }
        for number in 1...53 {
            let bit = UInt64(1) << UInt64(number)
            #expect(WeekMonths.of(bit, fromEnd: 0).nonzeroBitCount <= 3)
            #expect(WeekMonths.of(0, fromEnd: bit).nonzeroBitCount <= 3)
        }
    }
}
