import Testing

@testable import Recurrence

struct ScheduleCheckTests {
    private let now = Instant(rfc3339: "2026-02-13T12:00:00Z")!

    private func cron(_ text: String, _ zone: Zone = .utc) throws -> Schedule {
        .cron(try CronExpression(text), zone: zone)
    }

    private func rule(_ text: String, _ start: String = "2026-01-01T02:00", _ offset: Span = .zero) throws -> Schedule {
        try .rrule(
            try RecurrenceRule(text), starting: try #require(LocalTime(start)), zone: try Zone.named("Europe/London"),
            offset: offset)
    }

    @Test(arguments: ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31W 2 *", "0 0 L-30 2 *", "0 0 */31 2 MON#5"])
    func `a cron expression that never fires is refused`(_ text: String) throws {
        for zone in [Zone.utc, try Zone.named("Europe/London")] {
            let error = #expect(throws: RuleError.self) { try cron(text, zone).check(now: now) }
            #expect(error?.message.hasPrefix("the rule ") == true)
            #expect(error?.hint != nil)
        }
    }

    @Test func `the refusal says what is wrong`() throws {
        let never = #expect(throws: RuleError.self) { try cron("0 0 30 2 *").check(now: now) }
        #expect(never?.message == "the rule never fires")
        #expect(
            never?.hint
                == "no month that it names has a day that it names: 30 February, for instance, does not exist")
        let late = #expect(throws: RuleError.self) {
            try rule("FREQ=DAILY", "2040-01-01T02:00").check(now: now)
        }
        #expect(late?.message == "the rule does not fire within ten years: first at 2040-01-01T02:00:00, Europe/London")
    }

    @Test(arguments: [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=5", "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=30",
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=7",
        "FREQ=HOURLY;INTERVAL=7;BYDAY=SU;BYHOUR=3", "FREQ=MINUTELY;BYHOUR=3;BYSETPOS=2",
        "FREQ=DAILY;BYHOUR=3;BYSETPOS=4",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=5MO", "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=3", "FREQ=MONTHLY;UNTIL=20251231",
    ])
    func `a recurrence rule that never fires is refused at once`(_ text: String) throws {
        let error = #expect(throws: RuleError.self) { try rule(text).check(now: now) }
        #expect(error?.message.hasPrefix("the rule never fires") == true, "\(text)")
    }

    @Test func `29 February is refused where ten years have none, as around 2100`() throws {
        try cron("0 0 29 2 *").check(now: now)
        try cron("0 0 29 2 *").check(now: Instant(rfc3339: "2096-03-01T00:00:00Z")!)
        // One that is a Monday comes every 28 years.
        let error = #expect(throws: RuleError.self) {
            try rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO").check(now: now)
        }
        #expect(
            error?.message == "the rule does not fire within ten years: first at 2044-02-29T02:00:00, Europe/London")
    }

    @Test func `a rule that has come to its end is let pass, and gives nothing`() throws {
        let ended = try rule("FREQ=DAILY;COUNT=3")
        try ended.check(now: now)
        #expect(try ended.next(after: now) == nil)
        #expect(try ended.period(at: now) == nil)
        #expect(try ended.first()?.local.description == "2026-01-01T02:00:00")
    }

    @Test func `the horizon is the end of the year 9999`() throws {
        let late = Instant(rfc3339: "9999-12-31T23:00:00Z")!
        for schedule in [
            try cron("0 2 * * *"), try rule("FREQ=DAILY"), try .every(.seconds(86_400)), try cron("0 0 30 2 *"),
        ] {
            let error = #expect(throws: RuleError.self) { try schedule.next(after: late) }
            #expect(error?.message == "nothing is due before the year 10000")
        }
        let last = try cron("59 23 31 12 *").next(after: late)
        #expect(last?.at.description == "9999-12-31T23:59:00Z")
        // An offset may not lead beyond it either.
        #expect(throws: RuleError.self) {
            try rule("FREQ=DAILY", "9999-12-01T02:00", Span(days: 40)).next(after: .distantPast)
        }
    }

    @Test func `moments at the ends of time are no trouble`() throws {
        for schedule in [
            try cron("*/7 * * * *", try Zone.named("Africa/Casablanca")), try rule("FREQ=WEEKLY"),
            try .every(.seconds(61)),
        ] {
            _ = try schedule.next(after: Instant(microseconds: .min))
            #expect(throws: RuleError.self) { try schedule.next(after: Instant(microseconds: .max)) }
            #expect(try schedule.first() != nil)
        }
    }

    @Test func `one period is the gap between the occurrence due and the next`() throws {
        #expect(try cron("0 2 * * *").period(at: now) == .seconds(86_400))
        let monthly = try rule("FREQ=MONTHLY", "2026-01-31T02:00")
        #expect(try monthly.period(at: Instant(rfc3339: "2026-01-31T02:00:00Z")!) == .seconds(59 * 86_400 - 3600))
        #expect(try monthly.period(at: Instant(rfc3339: "2026-01-31T02:00:00.000001Z")!) == .seconds(61 * 86_400))
    }

    @Test func `every counts from its anchor, on every host the same`() throws {
        let six = try Schedule.every(.seconds(21_600))
        #expect(try six.next(after: now)?.at.description == "2026-02-13T18:00:00Z")
        #expect(try six.next(after: now - .microseconds(1))?.at == now)
        let anchored = try Schedule.every(
            .seconds(86_400 * 7), anchor: Instant(rfc3339: "2030-01-01T09:30:00Z")!,
            zone: try Zone.named("Asia/Kathmandu"))
        let next = try #require(try anchored.next(after: now))
        #expect(next.at.description == "2026-02-17T09:30:00Z")
        #expect(next.local.description == "2026-02-17T15:15:00")
        for bad in [Duration.zero, .seconds(-1), .milliseconds(1500), .seconds(315_360_001)] {
            #expect(throws: RuleError.self) { try Schedule.every(bad) }
        }
        _ = try Schedule.every(.seconds(1))
        _ = try Schedule.every(.seconds(315_360_000))
    }
}
