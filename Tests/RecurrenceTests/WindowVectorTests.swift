import Recurrence
import Testing

struct WindowVectorTests {
    struct Case: Decodable {
        struct Client: Decodable {
            var timezone: String
            var businessHours: [String]?
            var holidays: [String]?
        }

        struct Calendar: Decodable {
            struct Day: Decodable {
                var date: CivilDate?
                var rrule: RecurrenceRule?
                var starting: CivilDate?
                var name: String
            }

            struct Freeze: Decodable {
                var from: CivilDate
                var through: CivilDate
                var reason: String
            }

            var days: [Day]?
            var freezes: [Freeze]?

            func closed() throws -> ClosedDays {
                var result = ClosedDays()
                for day in days ?? [] {
                    if let date = day.date { result.add(date: date, name: day.name) }
                    if let rule = day.rrule, let starting = day.starting {
                        try result.add(rule: rule, starting: starting, name: day.name)
                    }
                }
                for freeze in freezes ?? [] {
                    try result.addFreeze(from: freeze.from, through: freeze.through, reason: freeze.reason)
                }
                return result
            }
        }

        struct Opens: Decodable {
            var cron: CronExpression?
            var rrule: RecurrenceRule?
            var starting: LocalTime?
            var offset: Span?
        }

        struct Written: Decodable {
            var opens: Opens?
            var outside: String?
            var duration: Span?
            var cutoff: Span?
            var timezone: String?
            var except: [String]?
        }

        struct Expected: Decodable {
            var opens: Instant
            var lastStart: Instant
            var closes: Instant
        }

        var client: Client
        var calendars: [String: Calendar]
        var window: Written
        var after: Instant
        var count: Int
        var expect: [Expected]

        func resolved() throws -> Window {
            func closed(_ names: [String]?) throws -> [ClosedDays] {
                try (names ?? []).map { try calendars[$0]?.closed() ?? ClosedDays() }
            }
            let zone = try Zone.named(window.timezone ?? client.timezone)
            let (cutoff, except) = (window.cutoff ?? .zero, try closed(window.except))
            if window.outside != nil {
                return Window.outside(
                    businessHours: try BusinessHours(client.businessHours ?? []), holidays: try closed(client.holidays),
                    zone: zone, cutoff: cutoff, except: except)
            }
            let opens = try #require(window.opens)
            let schedule: Schedule
            if let cron = opens.cron {
                schedule = .cron(cron, zone: zone)
            } else {
                schedule = try .rrule(
                    try #require(opens.rrule), starting: try #require(opens.starting), zone: zone,
                    offset: opens.offset ?? .zero)
            }
            return try Window.opening(
                schedule, duration: try #require(window.duration), cutoff: cutoff, except: except)
        }
    }

    @Test func `a window opens as its manifest says, case by case`() throws {
        for (index, vector) in try (VectorFile.read("windows.jsonl") as [Case]).enumerated() {
            let found = Array(try vector.resolved().openings(after: vector.after).prefix(vector.count))
            let expected = vector.expect.map { Opening(opens: $0.opens, lastStart: $0.lastStart, closes: $0.closes) }
            #expect(found == expected, "case \(index + 1)")
        }
    }
}
