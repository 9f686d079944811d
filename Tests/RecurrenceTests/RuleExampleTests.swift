import Recurrence
import Testing

/// The examples of RFC 5545 (section 3.8.5.3) and RFC 7529 (section 4.2), with their own answers: local days, or times.
struct RuleExampleTests {
    private func days(_ rule: String, from start: String, _ count: Int = 12, zone: String = "America/New_York") throws
        -> [String]
    {
        let schedule = try Schedule.rrule(
            try RecurrenceRule(rule), starting: try #require(LocalTime(start)), zone: try Zone.named(zone))
        return schedule.occurrences(after: .distantPast).prefix(count).map(\.local.date.description)
    }

    private static let first = "1997-09-02T09:00"

    @Test(arguments: [
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", first, "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", first, "1997-09-02 1997-09-16 1997-09-30 1997-10-14 1997-10-28"),
        (
            "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", first,
            "1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01T09:00",
            "1997-09-01 1997-09-03 1997-09-05 1997-09-15 1997-09-17 1997-09-19 1997-09-29 1997-10-01 1997-10-03 1997-10-13"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", first,
            "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16"
        ),
        (
            "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05T09:00",
            "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05"
        ),
        (
            "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05T09:00",
            "1997-09-05 1997-10-03 1997-11-07 1997-12-05"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07T09:00",
            "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31"
        ),
        (
            "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22T09:00",
            "1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28T09:00",
            "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26"
        ),
        (
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30T09:00",
            "1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30 1997-12-01 1997-12-31 1998-01-01 1998-01-31 1998-02-01"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10T09:00",
            "1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10 1999-03-11 1999-03-12 1999-03-13"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", first,
            "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-11-04 1997-11-11 1997-11-18 1997-11-25 1998-01-06"
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10T09:00",
            "1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 2001-03-10 2003-01-10 2003-02-10 2003-03-10"
        ),
        (
            "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01T09:00",
            "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 2003-07-19 2006-01-01"
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19T09:00", "1997-05-19 1998-05-18 1999-05-17"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12T09:00", "1997-05-12 1998-05-11 1999-05-17"),
        (
            "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13T09:00",
            "1997-03-13 1997-03-20 1997-03-27 1998-03-05 1998-03-12 1998-03-19 1998-03-26 1999-03-04"
        ),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", first, "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13"),
        (
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13T09:00",
            "1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07 1998-03-07 1998-04-11 1998-05-09 1998-06-13"
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05T09:00",
            "1996-11-05 2000-11-07 2004-11-02"
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04T09:00", "1997-09-04 1997-10-07 1997-11-06"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29T09:00",
            "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05T09:00",
            "1997-08-05 1997-08-10 1997-08-19 1997-08-24"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05T09:00",
            "1997-08-05 1997-08-17 1997-08-19 1997-08-31"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15T09:00",
            "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30"
        ),
        (
            "FREQ=YEARLY;RSCALE=GREGORIAN;SKIP=FORWARD", "2016-02-29T09:00",
            "2016-02-29 2017-03-01 2018-03-01 2019-03-01 2020-02-29"
        ),
        ("FREQ=YEARLY;SKIP=BACKWARD", "2016-02-29T09:00", "2016-02-29 2017-02-28 2018-02-28 2019-02-28 2020-02-29"),
        ("FREQ=YEARLY;SKIP=OMIT", "2016-02-29T09:00", "2016-02-29 2020-02-29 2024-02-29"),
        ("FREQ=MONTHLY", "2014-01-31T09:00", "2014-01-31 2014-03-31 2014-05-31 2014-07-31"),
        ("FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4", "2014-01-31T09:00", "2014-01-31 2014-02-28 2014-03-31 2014-04-30"),
        ("FREQ=MONTHLY;SKIP=FORWARD;COUNT=4", "2014-01-31T09:00", "2014-01-31 2014-03-01 2014-03-31 2014-05-01"),
    ])
    func `the standards' own examples`(_ rule: String, _ start: String, _ expected: String) throws {
        let wanted = expected.split(separator: " ").map(String.init)
        #expect(try days(rule, from: start, wanted.count) == wanted, "\(rule)")
    }

    @Test func `rules that end give no more`() throws {
        #expect(try days("FREQ=DAILY;COUNT=10", from: Self.first, 100).count == 10)
        let until = try days("FREQ=DAILY;UNTIL=19971224T000000Z", from: Self.first, 1000)
        #expect(until.count == 113 && until.last == "1997-12-23")
        #expect(try days("FREQ=WEEKLY;UNTIL=19971224T000000Z", from: Self.first, 1000).count == 17)
        let everyDay = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"
        #expect(try days(everyDay, from: "1998-01-01T09:00", 1000).count == 93)
        #expect(try days("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", from: "1998-01-01T09:00", 1000).count == 93)
    }

    @Test func `times within days`() throws {
        func times(_ rule: String, _ count: Int) throws -> [String] {
            let schedule = try Schedule.rrule(
                try RecurrenceRule(rule), starting: try #require(LocalTime(Self.first)),
                zone: try Zone.named("America/New_York"))
            return schedule.occurrences(after: .distantPast).prefix(count).map {
                String($0.local.description.dropFirst(8))
            }
        }
        #expect(try times("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", 9) == ["02T09:00:00", "02T12:00:00"])
        #expect(try times("FREQ=MINUTELY;INTERVAL=90;COUNT=4", 9).last == "02T13:30:00")
        #expect(try times("FREQ=MINUTELY;INTERVAL=15;COUNT=6", 9).last == "02T10:15:00")
        let byDay = try times("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", 60)
        #expect(try times("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", 60) == byDay)
        #expect(byDay[23] == "02T16:40:00" && byDay[24] == "03T09:00:00")
    }

    @Test func `UNTIL is told as a day, as local time or as a moment, and is included`() throws {
        func last(_ until: String) throws -> String? { try days("FREQ=DAILY;\(until)", from: Self.first, 100).last }
        #expect(try last("UNTIL=19970910") == "1997-09-10")
        #expect(try last("UNTIL=19970910T090000") == "1997-09-10")
        #expect(try last("UNTIL=19970910T085959") == "1997-09-09")
        #expect(try last("UNTIL=19970910T130000Z") == "1997-09-10")
        #expect(try last("UNTIL=19970910T125959Z") == "1997-09-09")
    }

    @Test func `SKIP works from both ends, in years too, and before BYDAY`() throws {
        #expect(
            try days("FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD", from: "2026-03-01T09:00", 4)
                == ["2026-03-01", "2026-03-31", "2026-05-01", "2026-05-31"])
        #expect(
            try days("FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=FORWARD", from: "2026-03-01T09:00", 4)
                == ["2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"])
        #expect(
            try days("FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD", from: "2023-01-01T09:00", 3)
                == ["2024-01-01", "2024-12-31", "2026-01-01"])
        #expect(
            try days("FREQ=YEARLY;BYYEARDAY=366;SKIP=BACKWARD", from: "2023-01-01T09:00", 3)
                == ["2023-12-31", "2024-12-31", "2025-12-31"])
        // The 31st moved to 1 March 2026, a Sunday; 31 May is one itself.
        #expect(
            try days("FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=SU;SKIP=FORWARD", from: "2026-01-01T09:00", 2)
                == ["2026-03-01", "2026-05-31"])
        #expect(
            try days("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31;SKIP=FORWARD", from: "2026-02-01T09:00", 3)
                == ["2026-03-01", "2026-05-01", "2026-07-01"])
        #expect(
            try days("FREQ=MONTHLY;BYMONTHDAY=29,30,31;BYSETPOS=-1;SKIP=BACKWARD", from: "2026-02-01T09:00", 3)
                == ["2026-02-28", "2026-03-31", "2026-04-30"])
    }

    @Test func `weekdays with and without a number add up`() throws {
        #expect(
            try days("FREQ=MONTHLY;BYDAY=MO,2TU", from: "2026-01-01T09:00", 6)
                == ["2026-01-05", "2026-01-12", "2026-01-13", "2026-01-19", "2026-01-26", "2026-02-02"])
    }

    @Test func `times are included and excluded as they are due in the end, after the offset`() throws {
        func local(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }
        let schedule = try Schedule.rrule(
            try RecurrenceRule("FREQ=WEEKLY;COUNT=4"), starting: local("2026-01-05T09:00"), zone: .utc,
            offset: try #require(Span("1d"))
        ).except(
            including: [local("2026-01-08T12:00"), local("2026-01-06T09:00")],
            excluding: [local("2026-01-20T09:00"), local("2030-01-01T00:00")])
        let found = schedule.occurrences(after: .distantPast).map(\.local.description)
        #expect(found == ["2026-01-06T09:00:00", "2026-01-08T12:00:00", "2026-01-13T09:00:00", "2026-01-27T09:00:00"])
    }
}
