import FoundationEssentials
import Testing

@testable import Recurrence

/// Every row of `docs/recurrence.md` that says what a rule gives is true.
struct DocumentTests {
    /// `| rule | from, zone | what it gives | because |`, as it stands between the backticks.
    private struct Row {
        var rule: String
        var start: String
        var zone: String
        var expected: [String]

        init?(_ line: Substring) {
            let cells = line.split(separator: "|").map { cell in
                cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            }
            guard cells.count == 4, cells[0].count == 1, let start = cells[1].first, LocalTime(start) != nil,
                !cells[2].isEmpty
            else { return nil }
            (rule, self.start, expected) = (cells[0][0], start, cells[2])
            zone = cells[1].count > 1 ? cells[1][1] : "UTC"
        }

        func schedule() throws -> (Schedule, after: Instant) {
            let (zone, start) = (try Zone.named(zone), try #require(LocalTime(start)))
            guard rule.contains("FREQ=") else {
                return (.cron(try CronExpression(rule), zone: zone), zone.resolve(start).instant)
            }
            return (try .rrule(try RecurrenceRule(rule), starting: start, zone: zone), .distantPast)
        }
    }

    private let tests = "\(#filePath)".split(separator: "/").dropLast().map { "/\($0)" }.joined()

    private func page() throws -> [Substring] {
        try String(contentsOfFile: "\(tests)/../../docs/recurrence.md", encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test func `the example for the library is one that is compiled and tested`() throws {
        let code = try page().drop { $0 != "```swift" }.dropFirst().prefix { $0 != "```" }.filter { !$0.isEmpty }
        let tested = try String(contentsOfFile: "\(tests)/LibraryTests.swift", encoding: .utf8)
            .split(separator: "\n").filter { $0.hasPrefix("        ") }.map { $0.dropFirst(8) }
        #expect(code.count > 10)
        for line in code { #expect(tested.contains(line), "\(line)") }
    }

    @Test func `what the page says that a rule gives it gives`() throws {
        let rows = try page().compactMap(Row.init)
        #expect(rows.count { $0.rule.contains("FREQ=") } >= 20)
        #expect(rows.count { !$0.rule.contains("FREQ=") } >= 13)
        for row in rows {
            let (schedule, after) = try row.schedule()
            let found = zip(row.expected, schedule.occurrences(after: after)).map { text, occurrence in
                switch text.count {
                case 10: occurrence.local.date.description
                case 19: occurrence.local.description
                default: occurrence.at.description
                }
            }
            #expect(found == row.expected, "\(row.rule) from \(row.start)")
        }
    }
}
