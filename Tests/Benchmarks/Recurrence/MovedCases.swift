import Recurrence

/// What no other tool is asked for: moves to business days, on a calendar of a rule and some dates, and exceptions.
enum MovedCases {
    static let count = 1000

    static func make() throws -> [(name: String, schedule: Schedule)] {
        [
            ("the last business day of the month", try moved("FREQ=MONTHLY;BYMONTHDAY=-1", .onOrBefore)),
            ("two business days after the second Tuesday", try moved("FREQ=MONTHLY;BYDAY=2TU", .after(2))),
            ("every business day", try moved("FREQ=DAILY", .onOrAfter)),
            ("20 business days before the month's end", try moved("FREQ=MONTHLY;BYMONTHDAY=-1", .before(20))),
            ("daily, with 500 exceptions", try excepted()),
        ]
    }

    private static func moved(_ rule: String, _ move: BusinessDayMove) throws -> Schedule {
        guard let start = LocalTime(Subject.start) else { throw BenchFailure("no start") }
        var closed = ClosedDays()
        try closed.add(rule: try RecurrenceRule("FREQ=YEARLY;BYMONTH=7;BYDAY=1MO"), starting: start.date, name: "Day")
        for number in 0..<20 { closed.add(date: start.date.adding(days: 97 * number), name: "Day") }
        return try .rrule(
            try RecurrenceRule(rule), starting: start, zone: try Zone.named(Subject.zone), move: move,
            businessDays: BusinessDays(closed: [closed]))
    }

    private static func excepted() throws -> Schedule {
        guard let start = LocalTime(Subject.start) else { throw BenchFailure("no start") }
        let plain = try Schedule.rrule(
            try RecurrenceRule("FREQ=DAILY"), starting: start, zone: try Zone.named(Subject.zone))
        let times = plain.occurrences(after: .distantPast).prefix(2 * count).map(\.local)
        return plain.except(excluding: times.enumerated().filter { $0.offset % 4 == 1 }.map(\.element))
    }
}
