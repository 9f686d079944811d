import Testing

@testable import Recurrence

struct BusinessDayTests {
    private func closed() throws -> ClosedDays {
        var closed = ClosedDays()
        for date in ["2026-01-01", "2026-04-03", "2026-04-06", "2026-07-31", "2026-12-25"] {
            closed.add(date: try #require(CivilDate(date)), name: "Holiday")
        }
        return closed
    }

    private func days(_ rule: String, _ move: String, _ count: Int) throws -> [String] {
        let move: BusinessDayMove = try #require(BusinessDayMove(move))
        let schedule = try Schedule.rrule(
            try RecurrenceRule(rule), starting: try #require(LocalTime("2026-01-01T18:00")), zone: .utc, move: move,
            businessDays: BusinessDays(closed: [try closed()]))
        return schedule.occurrences(after: .distantPast).prefix(count).map(\.local.date.description)
    }

    @Test func `the last business day of each month`() throws {
        #expect(
            try days("FREQ=MONTHLY;BYMONTHDAY=-1", "on or before", 7)
                == ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30", "2026-07-30"])
    }

    @Test func `the first business day of each month`() throws {
        #expect(
            try days("FREQ=MONTHLY;BYMONTHDAY=1", "on or after", 4)
                == ["2026-01-02", "2026-02-02", "2026-03-02", "2026-04-01"])
    }

    @Test func `so many business days before and after`() throws {
        // Two after Patch Tuesday; 14 April 2026 is one.
        #expect(
            try days("FREQ=MONTHLY;BYDAY=2TU", "2 after", 4) == [
                "2026-01-15", "2026-02-12", "2026-03-12", "2026-04-16",
            ])
        // Three before the month's end: Friday 30, Thursday 29, Wednesday 28 January.
        #expect(try days("FREQ=MONTHLY;BYMONTHDAY=-1", "3 before", 2) == ["2026-01-28", "2026-02-25"])
        // Around Easter, with a holiday on Friday and Monday.
        #expect(try days("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2", "1 after", 1) == ["2026-04-07"])
        #expect(try days("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=7", "1 before", 1) == ["2026-04-02"])
        #expect(try days("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=5", "1 before", 1) == ["2026-04-02"])
    }

    @Test func `moved dates are what moving each of them gives`() throws {
        var random = Seeded("moves")
        for _ in 0..<Seeded.count(150) {
            var closed = ClosedDays()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                closed.add(
                    date: CivilDate(daysSinceEpoch: Int.random(in: 20_000...20_200, using: &random)), name: "Closed")
            }
            let business = BusinessDays(
                weekdays: random.pick([
                    BusinessDays.mondayToFriday, [.sunday, .monday, .tuesday, .wednesday, .thursday], [.tuesday],
                ]),
                closed: [closed])
            let move = random.pick(
                [.onOrAfter, .onOrBefore, .after(1), .after(3), .before(1), .before(4)] as [BusinessDayMove])
            let rule = try RecurrenceRule(
                random.pick([
                    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;BYHOUR=3,1,22",
                    "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=5,6;BYMINUTE=30",
                    "FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "FREQ=DAILY;BYHOUR=2,3,4,5;BYSETPOS=2,-1",
                ]))
            let start = LocalTime(seconds: 20_000 * 86_400 + 5400)
            let plain = try Schedule.rrule(rule, starting: start, zone: .utc)
            let moved = try Schedule.rrule(rule, starting: start, zone: .utc, move: move, businessDays: business)
            let end = Int64(20_200 * 86_400)
            var expected: Set<Int64> = []
            for occurrence in plain.occurrences(after: .distantPast) {
                if occurrence.at.seconds > end + 60 * 86_400 { break }
                let (day, second) = CivilMath.split(occurrence.local.seconds)
                if let target = move.target(day, business) { expected.insert(Int64(target) * 86_400 + Int64(second)) }
            }
            let wanted = expected.filter { $0 < end }.sorted()
            let found = moved.occurrences(after: .distantPast).prefix { $0.at.seconds < end }.map(\.at.seconds)
            #expect(Array(found) == wanted, "seed \(random.seed), \(rule), \(move)")
            for _ in 0..<5 {
                let after = Int64.random(in: 20_000 * 86_400..<end, using: &random)
                let next = try moved.next(after: Instant(seconds: after))?.at.seconds
                #expect(
                    next == wanted.first { $0 > after } || next ?? 0 >= end,
                    "seed \(random.seed), \(rule), \(move) after \(after)")
            }
        }
    }

    @Test func `a business day is one of the weekdays on which no day of a calendar falls`() throws {
        var closed = ClosedDays()
        for offset in [-1, 0, 63, 64, 511, 512, 700] {
            closed.add(date: CivilDate(daysSinceEpoch: 20_480 + offset), name: "Closed")
        }
        let start = CivilDate(daysSinceEpoch: 20_000)
        try closed.add(rule: try RecurrenceRule("FREQ=MONTHLY;BYDAY=2WE"), starting: start, name: "Closed")
        try closed.add(rule: try RecurrenceRule("FREQ=DAILY;INTERVAL=9;COUNT=99"), starting: start, name: "Closed")
        try closed.addFreeze(from: start, through: start.adding(days: 999), reason: "Freeze")
        let business = BusinessDays(closed: [closed])
        for day in Array(19_900...21_600) + Array((-800)...(-1)) + [CivilMath.firstDay, CivilMath.lastDay] {
            let date = CivilDate(daysSinceEpoch: day)
            let wanted = date.weekday < .saturday && closed.withoutFreezes.reason(on: date) == nil
            #expect(business.contains(date) == wanted, "\(date)")
        }
    }

    @Test func `moves are read and written`() {
        for text in ["on or after", "on or before", "1 after", "12 before"] {
            #expect(BusinessDayMove(text)?.description == text)
        }
        for bad in ["", "after", "0 after", "2  after", "251 before", "-1 after", "2 after ", "on", "2 later"] {
            #expect(BusinessDayMove(bad) == nil, "\(bad)")
        }
    }

    @Test func `a client without any business day is no endless search`() throws {
        let schedule = try Schedule.rrule(
            try RecurrenceRule("FREQ=DAILY"), starting: try #require(LocalTime("2026-01-01T18:00")), zone: .utc,
            move: .onOrAfter, businessDays: BusinessDays(weekdays: []))
        #expect(throws: RuleError.self) { try schedule.next(after: .distantPast) }
        #expect(throws: RuleError.self) { try schedule.check(now: Instant(seconds: 1_800_000_000)) }
    }

    @Test func `times within days are not moved`() throws {
        let error = #expect(throws: RuleError.self) {
            try Schedule.rrule(
                try RecurrenceRule("FREQ=HOURLY"), starting: LocalTime(seconds: 0), zone: .utc, move: .onOrAfter)
        }
        #expect(error?.message == "'on or after' moves days, and FREQ=HOURLY names times within a day")
    }
}
