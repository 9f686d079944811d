import Recurrence
import Testing

/// The library as others use it: what `docs/recurrence.md` shows stands here, line by line (`DocumentTests`).
struct LibraryTests {
    @Test func `the page's example says what it means`() throws {
        let start = try #require(LocalTime("2026-01-13T02:00"))
        let now = try #require(Instant(rfc3339: "2026-12-23T12:00:00Z"))
        let christmas = try #require(CivilDate("2026-12-25"))
        let christmasEve = try #require(LocalTime("2026-12-24T02:00"))

        let vancouver = try Zone.named("America/Vancouver")

        // Five days after the second Tuesday of each month.
        let rule = try RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU")
        let patching = try Schedule.rrule(rule, starting: start, zone: vancouver, offset: Span(days: 5))
        let next = try patching.next(after: now)?.at
        let words = patching.inWords

        // The last business day of each month.
        var holidays = ClosedDays()
        holidays.add(date: christmas, name: "Christmas Day")
        let monthEnd = try Schedule.rrule(
            try RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=-1"), starting: start, zone: vancouver, move: .onOrBefore,
            businessDays: BusinessDays(closed: [holidays]))

        // Nightly, but not on Christmas Eve; and when a run of two hours can start.
        let nightly = Schedule.cron(try CronExpression("0 2 * * *"), zone: vancouver).except(excluding: [christmasEve])
        let window = try Window.opening(nightly, duration: Span(seconds: 3 * 3600), except: [holidays])
        let chance = try window.nextStart(after: now, lasting: .seconds(7200))

        #expect(next == Instant(rfc3339: "2027-01-17T10:00:00Z"))
        #expect(words == "at 02:00 on the second Tuesday of every month, five days later, Vancouver time")
        #expect(try monthEnd.next(after: now)?.local == LocalTime("2026-12-31T02:00"))
        #expect(chance?.start == Instant(rfc3339: "2026-12-26T10:00:00Z"))
        #expect(chance?.startBy == Instant(rfc3339: "2026-12-26T11:00:00Z"))
    }
}
