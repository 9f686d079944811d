import Model
import Recurrence
import Testing

import struct FoundationEssentials.Data
import class FoundationEssentials.JSONDecoder
import class FoundationEssentials.JSONEncoder

/// Schedules as they are stored, and as they stand for a client.
struct ScheduleRuleTests {
    private let monthEnd = ScheduleRule(
        rrule: "FREQ=MONTHLY;BYMONTHDAY=-1", starting: LocalTime("2026-01-31T18:00"), businessDay: .onOrBefore)

    private func day(_ text: String) -> Calendar.Day { Calendar.Day(date: CivilDate(text)) }

    private func dates(_ rule: ScheduleRule, _ client: Client, _ calendars: [Calendar] = [], _ count: Int) throws
        -> [String]
    {
        let known = Dictionary(calendars.map { ($0.name, $0) }) { first, _ in first }
        return try rule.schedule(for: client, calendars: known).occurrences(after: .distantPast).prefix(count)
            .map(\.local.date.description)
    }

    @Test func `what was stored before there were business days is read`() throws {
        let old = #"{"rrule":"FREQ=MONTHLY;BYDAY=2TU","starting":"2026-01-13T02:00:00","offset":"5d"}"#
        let rule = try JSONDecoder().decode(ScheduleRule.self, from: Data(old.utf8))
        #expect(
            rule
                == ScheduleRule(
                    rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: LocalTime("2026-01-13T02:00"), offset: Span(days: 5)))
        let stored = String(decoding: try JSONEncoder().encode(rule), as: UTF8.self)
        #expect(!stored.contains("businessDay") && !stored.contains("including"))
        var full = monthEnd
        (full.holidays, full.including, full.excluding) = (["bank"], [LocalTime("2026-03-01T02:00")!], [])
        #expect(try JSONDecoder().decode(ScheduleRule.self, from: JSONEncoder().encode(full)) == full)
    }

    @Test func `business days are those of the client's business hours without its holidays`() throws {
        let client = Client(
            name: "c", timezone: "UTC", businessHours: ["Mon-Thu 08:00-18:00", "Thu 22:00-06:00"], holidays: ["days"])
        let calendar = Calendar(name: "days", days: [day("2026-03-31")])
        // 31 January is a Saturday, 28 February too; Friday is none either.
        #expect(try dates(monthEnd, client, [calendar], 3) == ["2026-01-29", "2026-02-26", "2026-03-30"])
    }

    @Test func `a client without business hours works from Monday to Friday, also in a freeze`() throws {
        let freeze = Calendar.Freeze(from: CivilDate("2026-01-20")!, through: CivilDate("2026-02-10")!)
        let client = Client(name: "c", timezone: "UTC", holidays: ["days"])
        #expect(
            try dates(monthEnd, client, [Calendar(name: "days", freezes: [freeze])], 2) == ["2026-01-30", "2026-02-27"])
    }

    @Test func `a job's own holidays stand in the place of the client's`() throws {
        var own = monthEnd
        own.holidays = ["bank"]
        let client = Client(name: "c", timezone: "UTC", holidays: ["days"])
        let calendars = [
            Calendar(name: "days", days: [day("2026-01-30")]), Calendar(name: "bank", days: [day("2026-02-27")]),
        ]
        #expect(try dates(own, client, calendars, 2) == ["2026-01-30", "2026-02-26"])
        own.holidays = []
        #expect(try dates(own, client, [], 2) == ["2026-01-30", "2026-02-27"])
        #expect(own.calendars(for: client) == [])
        let error = #expect(throws: RuleError.self) { try dates(monthEnd, client, [], 1) }
        #expect(error?.message == "there is no calendar days")
    }

    @Test func `two bases are equal where nothing that decides differs`() {
        func basis(_ change: (inout ScheduleRule, inout Client, inout Calendar) -> Void) -> ScheduleBasis {
            var (rule, calendar) = (monthEnd, Calendar(name: "days", days: [day("2026-03-31")]))
            var client = Client(
                name: "c", timezone: "UTC", businessHours: ["Mon-Fri 08:00-18:00"], holidays: ["days"])
            change(&rule, &client, &calendar)
            return ScheduleBasis(rule, for: client, calendars: [calendar.name: calendar])
        }
        let plain = basis { _, _, _ in }
        #expect(basis { rule, _, _ in rule.timezone = "UTC" } == plain)
        #expect(basis { rule, _, _ in rule.holidays = ["days"] } == plain)
        #expect(basis { _, client, _ in client.businessHours = ["Mon-Fri 09:00-12:00", "Fri 14:00-18:00"] } == plain)
        #expect(basis { _, _, calendar in calendar.days[0].name = "Flood" } == plain)
        #expect(basis { rule, _, _ in rule.businessDay = .onOrAfter } != plain)
        #expect(basis { _, client, _ in client.businessHours = ["Mon-Sat 08:00-18:00"] } != plain)
        #expect(basis { _, client, _ in client.timezone = "Europe/London" } != plain)
        #expect(basis { _, _, calendar in calendar.days[0].date = CivilDate("2026-03-30") } != plain)
        #expect(basis { rule, _, _ in rule.holidays = [] } != plain)
    }

    @Test func `a window opens on business days, by its own zone's clock`() throws {
        let rule = WindowRule(
            name: "w", opens: monthEnd, duration: Span(seconds: 3600), timezone: "America/Vancouver")
        let client = Client(name: "c", timezone: "Europe/London", holidays: ["days"])
        let calendars = ["days": Calendar(name: "days", days: [day("2026-01-30")])]
        let opening = try rule.window(for: client, calendars: calendars).openings(
            after: Instant(rfc3339: "2026-01-01T00:00:00Z")!
        )
        .first { _ in true }
        #expect(opening?.opens == Instant(rfc3339: "2026-01-30T02:00:00Z"))
        #expect(rule.calendars(for: client) == ["days"])
    }
}
