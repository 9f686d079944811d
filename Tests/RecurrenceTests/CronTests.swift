import Testing

@testable import Recurrence

struct CronTests {
    private func fires(_ text: String, after: String, _ count: Int, zone: String = "UTC") throws -> [String] {
        let schedule = Schedule.cron(try CronExpression(text), zone: try Zone.named(zone))
        return schedule.occurrences(after: try #require(Instant(rfc3339: after))).prefix(count).map(\.at.description)
    }

    private func days(_ text: String, after: String, _ count: Int) throws -> [String] {
        try fires(text, after: after, count).map { String($0.prefix(10)) }
    }

    @Test func `the last day, the days before it, and weekdays near a day`() throws {
        let after = "2026-01-01T00:00:00Z"
        #expect(try days("0 0 L * *", after: after, 3) == ["2026-01-31", "2026-02-28", "2026-03-31"])
        #expect(try days("0 0 L-3 * *", after: after, 2) == ["2026-01-28", "2026-02-25"])
        #expect(try days("0 0 LW * *", after: after, 3) == ["2026-01-30", "2026-02-27", "2026-03-31"])
        // 15 February and March 2026 are Sundays, 15 August a Saturday.
        #expect(try days("0 0 15W 2,3,8 *", after: after, 3) == ["2026-02-16", "2026-03-16", "2026-08-14"])
        // The 1st on a Saturday goes to Monday the 3rd; the 31st on a Sunday back to Friday: never into another month.
        #expect(try days("0 0 1W 8 *", after: after, 1) == ["2026-08-03"])
        #expect(try days("0 0 31W 5 *", after: after, 1) == ["2026-05-29"])
        #expect(try days("0 0 1,L * *", after: after, 3) == ["2026-01-31", "2026-02-01", "2026-02-28"])
    }

    @Test func `the n-th and last weekday of a month`() throws {
        let after = "2026-01-01T00:00:00Z"
        #expect(try days("0 0 * * 2#2", after: after, 2) == ["2026-01-13", "2026-02-10"])
        #expect(try days("0 0 * * FRI#5", after: after, 2) == ["2026-01-30", "2026-05-29"])
        #expect(try days("0 0 * * 5L", after: after, 2) == ["2026-01-30", "2026-02-27"])
        #expect(try days("0 0 * * 7L", after: after, 1) == ["2026-01-25"])
        #expect(try days("0 0 * * 0#1,7#3", after: after, 2) == ["2026-01-04", "2026-01-18"])
        #expect(try days("0 0 * * MON,5L", after: "2026-01-26T12:00:00Z", 2) == ["2026-01-30", "2026-02-02"])
    }

    @Test func `either day is enough, unless one of the fields begins with a star`() throws {
        let after = "2026-01-01T12:00:00Z"
        #expect(try days("0 0 13 * FRI", after: after, 4) == ["2026-01-02", "2026-01-09", "2026-01-13", "2026-01-16"])
        #expect(try days("0 0 */12 * FRI", after: after, 3) == ["2026-02-13", "2026-03-13", "2026-05-01"])
        #expect(try days("0 0 13 * */5", after: after, 2) == ["2026-02-13", "2026-03-13"])
        #expect(try days("0 0 ? * FRI", after: after, 2) == ["2026-01-02", "2026-01-09"])
        #expect(try days("0 0 13 * ?", after: after, 2) == ["2026-01-13", "2026-02-13"])
    }

    @Test func `names, steps and ranges`() throws {
        #expect(try CronExpression("0 0 * jan-MAR sun").fields == CronExpression("0 0 * 1-3 0").fields)
        #expect(try CronExpression("0 0 * * 7").fields == CronExpression("0 0 * * SUN").fields)
        #expect(try CronExpression("0 0 * * FRI-SUN").fields == CronExpression("0 0 * * 5-7").fields)
        #expect(try CronExpression("0 0 * * 5-7").fields == CronExpression("0 0 * * 0,5,6").fields)
        #expect(try CronExpression("5/20 * * * *").fields.times.minutes == (1 << 5 | 1 << 25 | 1 << 45))
        #expect(try CronExpression("10-30/10 * * * *").fields.times.minutes == (1 << 10 | 1 << 20 | 1 << 30))
        #expect(try CronExpression(" \t0  0 1 1 *  ").text == "0  0 1 1 *")
        for (name, meaning) in [
            ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"), ("@weekly", "0 0 * * 0"),
            ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@hourly", "0 * * * *"), ("@DAILY", "0 0 * * *"),
        ] {
            #expect(try CronExpression(name).fields == CronExpression(meaning).fields)
        }
    }

    @Test func `six fields begin with seconds`() throws {
        #expect(
            try fires("*/20 59 23 * * *", after: "2026-01-01T00:00:00Z", 4)
                == ["2026-01-01T23:59:00Z", "2026-01-01T23:59:20Z", "2026-01-01T23:59:40Z", "2026-01-02T23:59:00Z"])
    }

    @Test func `a fixed time that is skipped fires when the clock has been put on, one that is repeated once`() throws {
        let zone = "America/New_York"
        #expect(
            try fires("30 2 * * *", after: "2026-03-07T12:00:00Z", 2, zone: zone)
                == ["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"])
        #expect(
            try fires("0,30 2,3 * * *", after: "2026-03-08T00:00:00Z", 3, zone: zone)
                == ["2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z", "2026-03-09T06:00:00Z"])
        #expect(
            try fires("30 1 * * *", after: "2026-11-01T00:00:00Z", 2, zone: zone)
                == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
        // Asked between the two: the second is not for it.
        #expect(try fires("45 1 * * *", after: "2026-11-01T06:10:00Z", 1, zone: zone) == ["2026-11-02T06:45:00Z"])
    }

    @Test func `with a star in minute or hour it fires as the clock shows`() throws {
        let zone = "America/New_York"
        #expect(
            try fires("*/30 2 * * *", after: "2026-03-08T00:00:00Z", 1, zone: zone) == ["2026-03-09T06:00:00Z"])
        #expect(
            try fires("*/30 1 * * *", after: "2026-11-01T00:00:00Z", 4, zone: zone)
                == ["2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z"])
        #expect(
            try fires("15 * * * *", after: "2026-03-08T06:00:00Z", 2, zone: zone)
                == ["2026-03-08T06:15:00Z", "2026-03-08T07:15:00Z"])
    }

    @Test func `a clock put on at midnight, by half an hour, and by a day`() throws {
        #expect(
            try fires("0 0 * * *", after: "2026-03-07T12:00:00Z", 1, zone: "America/Havana") == ["2026-03-08T05:00:00Z"]
        )
        #expect(
            try fires("* 1 * * *", after: "2026-03-08T00:00:00Z", 1, zone: "America/Havana") == ["2026-03-08T05:00:00Z"]
        )
        #expect(
            try fires("15 2 * * *", after: "2026-10-03T00:00:00Z", 1, zone: "Australia/Lord_Howe") == [
                "2026-10-03T15:30:00Z"
            ])
        // A change of a day is a correction of the clock: what it skips is not made up for.
        #expect(
            try fires("0 6 * * *", after: "2011-12-29T12:00:00Z", 2, zone: "Pacific/Apia")
                == ["2011-12-29T16:00:00Z", "2011-12-30T16:00:00Z"])
    }

    @Test(arguments: [
        ("", "a cron expression has 5 fields, or 6 with seconds first; this has 0", nil as Int?),
        ("0 2 * *", "a cron expression has 5 fields, or 6 with seconds first; this has 4", nil),
        ("60 2 * * *", "minute 60 is out of range", 0),
        ("0 24 * * *", "hour 24 is out of range", 2),
        ("0 2 0 * *", "day of month 0 is out of range", 4),
        ("0 2 * 13 *", "month 13 is out of range", 6),
        ("0 2 * * 8", "day of week 8 is out of range", 8),
        ("0 2 * * sunn", "'sunn' is not a day of week", 8),
        ("0 2 * * MON-", "'' is not a day of week", 8),
        ("*/0 2 * * *", "'0' is not a step", 0),
        ("*/ 2 * * *", "'' is not a step", 0),
        ("0 5-2 * * *", "the hour range '5-2' runs backwards", 2),
        ("0 1,,2 * * *", "the hour field has an empty term", 4),
        ("? 2 * * *", "'?' stands only for a day of the month or week", 0),
        ("0 2 * * L", "'L' names no day of the week", 8),
        ("0 2 * * 2#6", "'2#6' names no week", 8),
        ("0 2 L-31 * *", "'L-31' counts from the month's end", 4),
        ("0 2 * * é", "'é' is not a day of week", 8),
        ("  0 25 * * *", "hour 25 is out of range", 4),
        ("@dayly", "unknown name '@dayly'", 0),
        ("@reboot", "'@reboot' names no time", 0), ("@every 5m", "'@every' is no cron expression", 0),
        ("0 99999999999999999999 * * *", "'99999999999999999999' is not an hour", 2),
    ])
    func `what is wrong is told with its place`(_ text: String, _ message: String, _ offset: Int?) {
        let error = #expect(throws: RuleError.self) { try CronExpression(text) }
        #expect(error?.message == message)
        #expect(error?.offset == offset)
        #expect(error?.hint != nil)
    }

    @Test func `the nearest word is told`() {
        let day = #expect(throws: RuleError.self) { try CronExpression("0 2 * * SUNN") }
        #expect(day?.hint == "did you mean 'SUN'?")
        let name = #expect(throws: RuleError.self) { try CronExpression("@dayly") }
        #expect(name?.hint == "did you mean '@daily'?")
        let range = #expect(throws: RuleError.self) { try CronExpression("0 22-6 * * *") }
        #expect(range?.hint == "write two ranges with a comma: '22-23,0-6'")
    }
}
