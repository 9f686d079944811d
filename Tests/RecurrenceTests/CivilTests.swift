import Testing

@testable import Recurrence

struct CivilTests {
    @Test func `days and dates turn into each other, one after the other`() {
        var (year, month, day) = (1, 1, 1)
        var (steps, wrong) = (0, 0)
        for number in stride(from: CivilMath.firstDay, through: CivilMath.lastDay, by: 1) {
            // Every day of some centuries, and a few around each year's end and each February's.
            let civil = CivilMath.civil(days: number)
            if civil != (year, month, day) || CivilMath.days(year: year, month: month, day: day) != number {
                wrong += 1
            }
            day += 1
            if day > CivilMath.length(year: year, month: month) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            steps += 1
            if year > 2400 { break }
        }
        #expect(wrong == 0)
        #expect(steps == CivilMath.days(year: 2401, month: 1, day: 1) - CivilMath.firstDay)
    }

    @Test func `dates are read and written strictly`() throws {
        let date = try #require(CivilDate("2026-12-25"))
        #expect((date.year, date.month, date.day) == (2026, 12, 25))
        #expect(date.weekday == .friday)
        #expect(date.description == "2026-12-25")
        #expect(date.adding(days: 7).description == "2027-01-01")
        #expect(CivilDate("0001-01-01") == .first)
        for bad in [
            "2024-02-30", "2023-02-29", "2026-13-01", "2026-00-01", "26-01-01", "2026-1-1", "0000-01-01", " 2026-01-01",
        ] {
            #expect(CivilDate(bad) == nil, "\(bad)")
        }
        #expect(CivilDate.last.adding(days: 1) == .last)
        #expect(CivilDate.first.adding(days: .min) == .first)
    }

    @Test func `local times are read with and without seconds, and written with them`() throws {
        #expect(LocalTime("2026-01-04T02:00")?.description == "2026-01-04T02:00:00")
        #expect(LocalTime("2026-01-04T23:59:59")?.description == "2026-01-04T23:59:59")
        for bad in ["2026-01-04", "2026-01-04T24:00", "2026-01-04T02:60", "2026-01-04 02:00", "2026-01-04T02:00:00Z"] {
            #expect(LocalTime(bad) == nil, "\(bad)")
        }
    }

    @Test func `instants are RFC 3339`() throws {
        #expect(Instant(rfc3339: "2026-02-15T10:00:00Z")?.description == "2026-02-15T10:00:00Z")
        #expect(Instant(rfc3339: "2026-02-15T11:30:00.250+01:30")?.description == "2026-02-15T10:00:00.25Z")
        #expect(Instant(rfc3339: "1969-12-31T23:59:59.9999999Z")?.microseconds == -1)
        #expect(Instant(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
        #expect(Instant(microseconds: -1).seconds == -1)
        #expect(Instant.distantPast.description == "0001-01-01T00:00:00Z")
        #expect(Instant.distantFuture.description == "9999-12-31T23:59:59Z")
        for bad in ["2026-02-15T10:00Z", "2026-02-15T10:00:00", "2026-02-15T10:00:60Z", "2026-02-15T10:00:00.Z", "x"] {
            #expect(Instant(rfc3339: bad) == nil, "\(bad)")
        }
    }

    @Test func `instants never overflow`() {
        let far = Instant(seconds: .max)
        #expect(far.microseconds == .max)
        #expect((far + .seconds(1)).microseconds == .max)
        #expect((Instant(microseconds: .min) - .seconds(Int64.max)).microseconds == .min)
        #expect(
            Instant(rfc3339: "2026-01-01T00:00:02.5Z")! - Instant(rfc3339: "2026-01-01T00:00:00Z")!
                == .milliseconds(2500))
    }

    @Test(arguments: [
        ("45s", 0, 45), ("30m", 0, 1800), ("3h", 0, 10_800), ("1h30m", 0, 5400), ("5d", 5, 0), ("2w", 14, 0),
        ("1d12h", 1, 43_200), ("1w2d3h4m5s", 9, 11_045), ("90m", 0, 5400), ("0s", 0, 0),
    ])
    func `spans are read`(_ text: String, _ days: Int, _ seconds: Int64) {
        #expect(Span(text) == Span(days: days, seconds: seconds))
        #expect(Span(Span(days: days, seconds: seconds).description) == Span(days: days, seconds: seconds))
    }

    @Test(arguments: [
        "", "5", "h", "1h 30m", "30m1h", "1h1h", "-1h", "+1h", "1.5h", "1H", "99999999999h", "1000000d", "5d ",
    ])
    func `what is not a span is refused`(_ text: String) {
        #expect(Span(text) == nil)
    }

    @Test func `spans are written canonically`() {
        #expect(Span("90m")?.description == "1h30m")
        #expect(Span("2w")?.description == "14d")
        #expect(Span("36h")?.description == "36h")
        #expect(Span.zero.description == "0s")
    }
}
