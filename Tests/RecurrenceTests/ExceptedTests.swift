import Testing

@testable import Recurrence

/// Times besides a rule's own, and times left out of them.
struct ExceptedTests {
    private func local(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }

    private func cron(_ text: String, _ zone: String = "Europe/Berlin") throws -> Schedule {
        .cron(try CronExpression(text), zone: try Zone.named(zone))
    }

    private func texts(_ schedule: Schedule, after: String, _ count: Int) throws -> [String] {
        let after = try #require(Instant(rfc3339: after))
        return schedule.occurrences(after: after).prefix(count).map(\.at.description)
    }

    @Test func `a cron expression has exceptions too`() throws {
        let schedule = try cron("0 2 * * *").except(
            including: [local("2026-06-02T12:30"), local("2026-06-03T02:00")], excluding: [local("2026-06-02T02:00")])
        #expect(
            try texts(schedule, after: "2026-05-31T22:00:00Z", 4) == [
                "2026-06-01T00:00:00Z", "2026-06-02T10:30:00Z", "2026-06-03T00:00:00Z", "2026-06-04T00:00:00Z",
            ])
        #expect(
            schedule.inWords
                == "at 02:00 every day, and on 2026-06-02 at 12:30 and on 2026-06-03 at 02:00 besides, "
                + "but not on 2026-06-02 at 02:00, Berlin time")
    }

    @Test func `what the clock skips is included as RFC 5545 reads it; what it shows twice is included once`() throws {
        let schedule = try cron("0 0 1 1 *").except(including: [local("2026-03-29T02:30"), local("2026-10-25T02:30")])
        #expect(
            try texts(schedule, after: "2026-02-01T00:00:00Z", 2) == ["2026-03-29T01:30:00Z", "2026-10-25T00:30:00Z"])
    }

    @Test func `what the clock shows twice is excluded twice, and what it skips by the time that was named`() throws {
        let twice = try cron("30 * * * *").except(excluding: [local("2026-10-25T02:30")])
        #expect(try texts(twice, after: "2026-10-24T23:00:00Z", 2) == ["2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z"])
        let skipped = try cron("30 2 * * *").except(excluding: [local("2026-03-29T02:30")])
        #expect(
            try texts(skipped, after: "2026-03-28T00:00:00Z", 2) == ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"])
    }

    @Test func `a time in both lists is left out`() throws {
        let time = try local("2026-06-01T12:00")
        #expect(
            try texts(cron("0 2 * * *").except(including: [time], excluding: [time]), after: "2026-06-01T09:00:00Z", 1)
                == ["2026-06-02T00:00:00Z"])
    }

    @Test func `a rule that never fires but for what is included is let pass`() throws {
        let now = try #require(Instant(rfc3339: "2026-01-01T00:00:00Z"))
        let never = try cron("0 0 30 2 *")
        try never.except(including: [local("2026-06-01T12:00")]).check(now: now)
        let error = #expect(throws: RuleError.self) {
            try never.except(excluding: [local("2026-06-01T12:00")]).check(now: now)
        }
        #expect(error?.hint?.hasPrefix("no month") == true)
        let once = try Schedule.rrule(
            try RecurrenceRule("FREQ=DAILY;COUNT=1"), starting: try local("2026-06-01T12:00"), zone: .utc)
        let gone = #expect(throws: RuleError.self) {
            try once.except(excluding: [local("2026-06-01T12:00")]).check(now: now)
        }
        #expect(gone?.hint == "all times that it names are excluded")
    }

    @Test func `exceptions are what filtering and merging give`() throws {
        var random = Seeded("exceptions")
        for _ in 0..<Seeded.count(100) {
            let zone = random.pick(["Europe/Berlin", "Australia/Lord_Howe", "UTC"])
            let plain = try cron(random.pick(["*/20 * * * *", "30 2 * * *", "15 1,2,3 * * *", "0 */3 * * SUN"]), zone)
            // Around both changes of the clock.
            let begin = Instant(seconds: Int64(random.pick([1_774_700_000, 1_774_915_200, 1_792_800_000])))
            let end = begin + .seconds(6 * 86_400)
            let named = plain.occurrences(after: begin).prefix { $0.at <= end }
            func some() -> [LocalTime] {
                (0..<Int.random(in: 0...5, using: &random)).map { _ in
                    random.chance(60) && !named.isEmpty
                        ? random.pick(named.map(\.local))
                        : plain.zone.local(begin + .seconds(Int64.random(in: 3600...6 * 86_000, using: &random)))
                }
            }
            let (including, excluding) = (some(), some())
            var wanted = Set(named.filter { !excluding.contains($0.local) }.map(\.at))
            wanted.formUnion(including.filter { !excluding.contains($0) }.map { plain.zone.resolve($0).instant })
            let found = plain.except(including: including, excluding: excluding).occurrences(after: begin)
                .prefix { $0.at <= end }.map(\.at)
            #expect(found == wanted.sorted(), "seed \(random.seed), \(including), \(excluding)")
        }
    }

    @Test func `the nearest time is what walking finds`() throws {
        var random = Seeded("nearest")
        for _ in 0..<Seeded.count(100) {
            let plain = try cron(random.pick(["30 2 * * *", "*/45 */5 * * *", "0 2 * * SUN", "0 0 1 * *"]))
            let begin = Int64.random(in: 1_700_000_000...1_800_000_000, using: &random)
            let times = Array(plain.occurrences(after: Instant(seconds: begin - 40 * 86_400)).prefix(20_000))
                .prefix { $0.at.seconds < begin + 40 * 86_400 }
            let local = random.chance(50) ? random.pick(times.map(\.local)) : plain.zone.local(Instant(seconds: begin))
            let isNamed = times.contains { $0.local == local }
            #expect(plain.names(local) == isNamed, "seed \(random.seed), \(plain.inWords), \(local)")
            let moment = plain.zone.resolve(local).instant
            func distance(_ one: Occurrence) -> Duration { max(one.at - moment, moment - one.at) }
            guard !isNamed, let least = times.map(distance).min() else { continue }
            let nearest = times.last { distance($0) == least }?.local
            #expect(plain.nearest(to: local) == nearest, "seed \(random.seed), \(plain.inWords), \(local)")
        }
    }
}
