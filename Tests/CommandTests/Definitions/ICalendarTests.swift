import Recurrence
import Testing

@testable import rota

/// Files for calendar programs.
struct ICalendarTests {
    private let now = Instant(rfc3339: "2026-02-15T12:00:00.5Z")!

    private func lines(_ words: [String]) throws -> [String] {
        let text = try RuleOptions.parse(words).answer(after: nil, now: now, count: 2).calendar().text(now: now)
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        return text.split(separator: "\r\n").map(String.init)
    }

    @Test func `an event says when it begins and ends in UTC, and what it is in words`() throws {
        let lines = try lines(["--cron", "0 2 * * SUN", "--zone", "America/Vancouver"])
        #expect(lines.first == "BEGIN:VCALENDAR")
        #expect(lines.contains("DTSTAMP:20260215T120000Z"))
        #expect(lines.filter { $0.hasPrefix("DTSTART") } == ["DTSTART:20260222T100000Z", "DTSTART:20260301T100000Z"])
        #expect(lines.filter { $0.hasPrefix("DTEND") } == ["DTEND:20260222T100100Z", "DTEND:20260301T100100Z"])
        let at = try #require(lines.firstIndex { $0.hasPrefix("DESCRIPTION:at 02:00 every Sunday\\, Vancouver time") })
        #expect((lines[at] + lines[at + 1].dropFirst()).contains("Due Sun 2026-02-22 02:00"))
    }

    @Test func `an event has the same UID each time that it is told, and no other has it`() throws {
        let rule = ["--rrule", "FREQ=DAILY", "--starting", "2026-01-13T02:00", "--zone", "UTC"]
        let uids = { (words: [String]) in try lines(words).filter { $0.hasPrefix("UID:") } }
        let first = try uids(rule)
        #expect(try uids(rule) == first)
        #expect(Set(first).count == 2)
        #expect(try Set(uids(rule + ["--offset", "1d"])).isDisjoint(with: first))
    }

    @Test func `text is escaped, and no control character gets through`() {
        #expect(ICalendar.escaped("a,b;c\\d\r\nBEGIN:VEVENT\u{7}") == "a\\,b\\;c\\\\d BEGIN:VEVENT\u{FFFD}")
    }

    @Test func `a line is folded at 75 octets, and no character is cut`() {
        let line = "SUMMARY:" + String(repeating: "aé€😀", count: 40)
        let parts = ICalendar.folded(line).split(separator: "\r\n").map(String.init)
        #expect(parts.count > 5)
        for part in parts { #expect(part.utf8.count <= 75) }
        #expect(parts[0] + parts.dropFirst().map { $0.dropFirst() }.joined() == line)
        #expect(ICalendar.folded(String(repeating: "a", count: 75)).utf8.count == 75)
    }

    @Test func `beside another form it is refused`() {
        #expect(throws: (any Error).self) {
            try NextCommand.parse(["--cron", "0 2 * * *", "--zone", "UTC", "--ics", "-o", "json"])
        }
    }
}
