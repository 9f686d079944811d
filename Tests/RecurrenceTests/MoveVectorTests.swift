import Recurrence
import Testing

struct MoveVectorTests {
    struct Case: Decodable {
        var rrule: String
        var start: LocalTime
        var move: BusinessDayMove
        /// A sign for each day of the week from Monday on: 1 for those on which business is done.
        var weekmask: String
        var holidays: [CivilDate]
        var expect: [LocalTime]

        func schedule() throws -> Schedule {
            var closed = ClosedDays()
            for date in holidays { closed.add(date: date, name: "Holiday") }
            let weekdays = zip(Weekday.allCases, weekmask).filter { $0.1 == "1" }.map(\.0)
            return try .rrule(
                try RecurrenceRule(rrule), starting: start, zone: .utc, move: move,
                businessDays: BusinessDays(weekdays: Set(weekdays), closed: [closed]))
        }
    }

    @Test func `dates are moved to business days as numpy moves them, case by case`() throws {
        for vector: Case in try VectorFile.read("moves.jsonl") {
            let found = try vector.schedule().occurrences(after: .distantPast).prefix(vector.expect.count).map(\.local)
            #expect(found == vector.expect, "\(vector)")
        }
    }
}
