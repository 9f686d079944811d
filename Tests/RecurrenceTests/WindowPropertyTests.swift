import Testing

@testable import Recurrence

/// Windows are compared with their definition, minute by minute: open while some opening lasts and the day is not
/// closed.
struct WindowPropertyTests {
    private static let range: Range<Int64> = 20_000 * 1440..<20_030 * 1440

    /// The stretches of minutes that hold to a condition, those at the range's ends left out.
    private func stretches(_ holds: (Int64) -> Bool) -> [Range<Int64>] {
        var (found, start) = ([Range<Int64>](), Int64?.none)
        for minute in Self.range {
            let open = holds(minute)
            if open, start == nil { start = minute }
            if !open, let first = start {
                found.append(first..<minute)
                start = nil
            }
        }
        return found.filter { $0.lowerBound > Self.range.lowerBound }
    }

    private func closed(_ random: inout Seeded) throws -> ClosedDays {
        var closed = ClosedDays()
        func day() -> CivilDate { CivilDate(daysSinceEpoch: Int.random(in: 19_990...20_030, using: &random)) }
        for _ in 0..<Int.random(in: 0...4, using: &random) { closed.add(date: day(), name: "Day") }
        if random.chance(40) {
            let first = day()
            try closed.addFreeze(
                from: first, through: first.adding(days: Int.random(in: 0...9, using: &random)), reason: "Freeze")
        }
        if random.chance(30) {
            let rule = try RecurrenceRule(
                random.pick(["FREQ=WEEKLY;BYDAY=WE", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=SA,SU"]))
            try closed.add(rule: rule, starting: CivilDate(daysSinceEpoch: 19_000), name: "Recurring")
        }
        return closed
    }

    private func compare(_ window: Window, _ wanted: [Range<Int64>], _ cutoff: Int64, _ comment: Comment) throws {
        let openings = wanted.map {
            Opening(
                opens: Instant(seconds: $0.lowerBound * 60), lastStart: Instant(seconds: $0.upperBound * 60 - cutoff),
                closes: Instant(seconds: $0.upperBound * 60))
        }.filter { $0.lastStart > $0.opens }
        guard let first = openings.first, let last = openings.last else { return }
        let from = first.opens - .seconds(1)
        let found = window.openings(after: first.opens).prefix { $0.closes <= last.closes }
        #expect(Array(found) == openings, comment)
        for opening in openings.prefix(6) {
            #expect(window.openings(after: opening.opens + .seconds(30)).first { _ in true } == opening, comment)
            #expect(window.closedReason(at: opening.opens) == nil, comment)
            #expect(window.closedReason(at: opening.lastStart) != nil, comment)
            #expect(
                window.closedReason(at: opening.closes) != nil || openings.contains { $0.opens == opening.closes },
                comment)
        }
        let lasting = Duration.seconds(1800)
        let fits = openings.first { min($0.lastStart, $0.closes - lasting) > max($0.opens, from) }
        if let fits {
            let chance = try window.nextStart(after: from, lasting: lasting)
            #expect(chance?.opening == fits, comment)
            #expect(chance?.start == max(fits.opens, from), comment)
            #expect(chance?.startBy == min(fits.lastStart, fits.closes - lasting), comment)
        }
    }

    @Test func `openings are what the minutes say`() throws {
        var random = Seeded("windows")
        let names = [
            "America/Havana", "Europe/London", "Australia/Lord_Howe", "Africa/Cairo", "UTC", "America/New_York",
        ]
        for _ in 0..<Seeded.count(14) {
            let zone = try Zone.named(random.pick(names))
            let closed = try closed(&random)
            let text = random.pick([
                "0 2 * * SUN", "30 23 * * *", "0 */4 * * *", "15 1,5 * * 1-5", "0 0 1,15 * *", "*/30 22-23 * * *",
                "0 12 * * 2#2",
            ])
            let schedule = Schedule.cron(try CronExpression(text), zone: zone)
            let minutes = random.pick([30, 60, 150, 239, 240, 600, 1500, 4000])
            let cutoff = Int64(random.pick([0, 0, 15, 29, minutes / 2])) * 60
            let duration = Span(seconds: Int64(minutes) * 60)
            let starts = schedule.occurrences(after: Instant(seconds: Self.range.lowerBound * 60 - 400_000))
                .prefix { $0.at.seconds < Self.range.upperBound * 60 }.map { $0.at.seconds / 60 }
            var open = Set<Int64>()
            for start in starts { for minute in start..<start + Int64(minutes) { open.insert(minute) } }
            let wanted = stretches { minute in
                open.contains(minute) && closed.reason(on: zone.local(Instant(seconds: minute * 60)).date) == nil
            }
            guard cutoff < minutes * 60 else { continue }
            let window = try Window.opening(
                schedule, duration: duration, cutoff: Span(seconds: cutoff), except: [closed])
            try compare(window, wanted, cutoff, "seed \(random.seed), \(text) for \(minutes) minutes in \(zone)")
        }
    }

    @Test func `what is outside business hours is what the minutes say`() throws {
        var random = Seeded("business hours")
        let names = ["America/Havana", "Europe/London", "Australia/Lord_Howe", "UTC"]
        for _ in 0..<Seeded.count(10) {
            let zone = try Zone.named(random.pick(names))
            let (closed, holidays) = (try closed(&random), try closed(&random))
            let texts = random.pick([
                ["Mon-Fri 08:00-18:00", "Sat 09:00-13:00"], ["Mon-Thu 22:00-06:00"], ["Mon-Sun 00:00-24:00"],
                ["Sun 12:00-12:00"],
                ["daily 03:00-02:00"], ["Fri-Mon 20:00-24:00", "Mon,Wed 23:00-01:30"], [],
            ])
            let hours = try BusinessHours(texts)
            let cutoff = Int64(random.pick([0, 15, 45, 600])) * 60
            var business = Set<Int64>()
            for day in Int(Self.range.lowerBound / 1440) - 3...Int(Self.range.upperBound / 1440) + 3 {
                let date = CivilDate(daysSinceEpoch: day)
                if case .day? = holidays.withoutFreezes.reason(on: date) { continue }
                for span in hours.spans where span.weekdays >> UInt8(date.weekday.bit) & 1 != 0 {
                    func moment(_ minute: Int) -> Int64 {
                        zone.resolve(LocalTime(seconds: Int64(day * 1440 + minute) * 60)).instant.seconds / 60
                    }
                    let (first, end) = (moment(span.from), moment(span.to))
                    if first < end { for minute in first..<end { business.insert(minute) } }
                }
            }
            let wanted = stretches { minute in
                !business.contains(minute) && closed.reason(on: zone.local(Instant(seconds: minute * 60)).date) == nil
            }
            let window = Window.outside(
                businessHours: hours, holidays: [holidays], zone: zone, cutoff: Span(seconds: cutoff), except: [closed])
            try compare(window, wanted, cutoff, "seed \(random.seed), \(texts) in \(zone)")
        }
    }

    @Test func `a window that is always open says so, and one that never is ends`() throws {
        let always = try Window.opening(
            .cron(try CronExpression("0 * * * *"), zone: .utc), duration: try #require(Span("1h")))
        let opening = try #require(always.openings(after: Instant(seconds: 1_800_000_000)).first { _ in true })
        #expect(
            opening.opens == .distantPast && opening.closes == .distantFuture && opening.lastStart == .distantFuture)
        let none = Window.outside(businessHours: try BusinessHours([]), zone: .utc)
        #expect(none.openings(after: Instant(seconds: 1_800_000_000)).first { _ in true }?.closes == .distantFuture)
        let never = Window.outside(businessHours: try BusinessHours(["daily 00:00-24:00"]), zone: .utc)
        #expect(never.openings(after: Instant(seconds: 1_800_000_000)).first { _ in true } == nil)
        #expect(try never.nextStart(after: Instant(seconds: 1_800_000_000), lasting: .seconds(60)) == nil)
    }

    @Test func `a run that fits no opening is refused with the length that would fit`() throws {
        let window = try Window.opening(
            .cron(try CronExpression("0 2 * * SUN"), zone: .utc), duration: try #require(Span("3h")),
            cutoff: try #require(Span("45m")))
        let error = #expect(throws: RuleError.self) {
            try window.nextStart(after: Instant(seconds: 1_800_000_000), lasting: .seconds(4 * 3600))
        }
        #expect(error?.message == "no opening within ten years is long enough for a run of 4h")
        #expect(
            error?.hint
                == "a run has to end before the window closes, and the longest opening seen lasts 3h: "
                + "lengthen the window, or make the run's timeout shorter")
        for (bad, cutoff) in [("0s", "0s"), ("1h", "1h"), ("1h", "2h")] {
            #expect(throws: RuleError.self) {
                try Window.opening(
                    .cron(try CronExpression("0 2 * * *"), zone: .utc), duration: try #require(Span(bad)),
                    cutoff: try #require(Span(cutoff)))
            }
        }
    }

    @Test func `why a window is closed`() throws {
        var closed = ClosedDays()
        closed.add(date: try #require(CivilDate("2026-12-25")), name: "Christmas Day")
        try closed.addFreeze(
            from: try #require(CivilDate("2026-12-28")), through: try #require(CivilDate("2027-01-03")),
            reason: "Year-end freeze")
        let window = try Window.opening(
            .cron(try CronExpression("0 2 * * *"), zone: .utc), duration: try #require(Span("3h")),
            cutoff: try #require(Span("1h")), except: [closed])
        func reason(_ text: String) throws -> String? {
            window.closedReason(at: try #require(Instant(rfc3339: text)))?.text
        }
        #expect(try reason("2026-12-24T02:30:00Z") == nil)
        #expect(
            try reason("2026-12-24T04:30:00Z")
                == "it closes at 2026-12-24T05:00:00Z, and nothing starts so shortly before")
        #expect(try reason("2026-12-24T05:30:00Z") == "it opens at 2026-12-26T02:00:00Z")
        #expect(try reason("2026-12-25T02:30:00Z") == "Christmas Day, 2026-12-25")
        #expect(try reason("2026-12-30T03:00:00Z") == "Year-end freeze, until 2027-01-03")
    }

    @Test(arguments: [
        ("Mon-Fri", "'Mon-Fri' is not a span of business hours"), ("Mon-Fri 8:00-18:00", "'8:00-18:00' are not hours"),
        ("Mon-Fry 08:00-18:00", "'Mon-Fry' is not a day of the week"),
        ("Mon 08:00-24:01", "'08:00-24:01' are not hours"),
        ("Mon 24:00-08:00", "'24:00-08:00' are not hours"), ("Mon 00:00-00:00", "'00:00-00:00' is no time at all"),
        ("Mon 08:00", "'08:00' are not hours"), ("", "'' is not a span of business hours"),
    ])
    func `business hours that are none are refused`(_ text: String, _ message: String) {
        let error = #expect(throws: RuleError.self) { try BusinessHours([text]) }
        #expect(error?.message == message)
        #expect(error?.hint != nil)
    }
}
