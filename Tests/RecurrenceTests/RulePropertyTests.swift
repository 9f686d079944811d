import Testing

@testable import Recurrence

struct RulePropertyTests {
    @Test func `a zone moves local times as resolving each of them would`() throws {
        var random = Seeded("zoned rules")
        for _ in 0..<Seeded.count(100) {
            let zone = InventedZone.zone(&random)
            let start = LocalTime(seconds: Int64.random(in: 0..<2_000_000, using: &random))
            let rule = try RecurrenceRule(RandomRule.dense(&random))
            let days = random.chance(30) ? Int.random(in: 0...3, using: &random) : 0
            let seconds = random.chance(20) ? Int64.random(in: 0...7200, using: &random) : 0
            let offset = Span(days: days, seconds: seconds)
            let local = try Schedule.rrule(rule, starting: start, zone: .utc, offset: Span(days: days))
            let zoned = try Schedule.rrule(rule, starting: start, zone: zone, offset: offset)
            // Far enough that nothing later can come before what is compared.
            let locals = local.occurrences(after: .distantPast).prefix { $0.local.seconds < 4_000_000 }.map(\.local)
            let last = 4_000_000 - 200_000
            let expected = Set(locals.map { zone.resolve($0).instant + .seconds(seconds) })
                .filter { $0.seconds < last }.sorted()
            let found = zoned.occurrences(after: .distantPast).prefix { $0.at.seconds < last }.map(\.at)
            let difference = zip(Array(found), expected).first { $0 != $1 }
            #expect(
                difference == nil && found.count == expected.count,
                "seed \(random.seed), \(rule) from \(start), offset \(offset)")
            for _ in 0..<20 {
                let after = Instant(seconds: Int64.random(in: -100_000..<Int64(last), using: &random))
                let next = try zoned.next(after: after)?.at
                #expect(
                    next == expected.first { $0 > after } || next?.seconds ?? .max >= last,
                    "seed \(random.seed), \(rule) after \(after)")
            }
        }
    }

    @Test func `iterating gives what jumping gives, and what comes next is later`() throws {
        var random = Seeded("jumping")
        let zones = try ["UTC", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"].map(Zone.named)
        for _ in 0..<Seeded.count(150) {
            let text = RandomRule.any(&random)
            let rule = try RecurrenceRule(text)
            let start = LocalTime(seconds: Int64.random(in: 1_500_000_000..<1_800_000_000, using: &random))
            let schedule = try Schedule.rrule(rule, starting: start, zone: random.pick(zones))
            let found = Array(schedule.occurrences(after: .distantPast).prefix(40))
            var last = Instant.distantPast
            for occurrence in found {
                #expect(occurrence.at > last, "seed \(random.seed), \(text) from \(start)")
                if last > .distantPast {
                    let between =
                        last
                        + .microseconds(Int64.random(in: 0..<(occurrence.at - last).wholeMicroseconds, using: &random))
                    #expect(
                        try schedule.next(after: between) == occurrence,
                        "seed \(random.seed), \(text) from \(start) after \(between)")
                }
                last = occurrence.at
            }
        }
    }

    @Test func `a rule and its printed form are the same rule`() throws {
        var random = Seeded("printing")
        for _ in 0..<Seeded.count(2000) {
            let text = RandomRule.any(&random)
            let rule = try RecurrenceRule(text)
            #expect(try RecurrenceRule(rule.description) == rule, "seed \(random.seed), \(text)")
            #expect(
                try RecurrenceRule(rule.description).description == rule.description, "seed \(random.seed), \(text)")
        }
    }

    @Test func `the parts of a rule may stand in any order and case`() throws {
        let rule = try RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU,-1FR;INTERVAL=2;WKST=SU")
        #expect(try RecurrenceRule("wkst=su;byday=-1fr,2tu,+2TU;Interval=2;freq=monthly") == rule)
        #expect(try RecurrenceRule("RRULE:FREQ=MONTHLY;BYDAY=2TU,-1FR;INTERVAL=2;WKST=SU") == rule)
        #expect(rule.description == "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,-1FR;WKST=SU")
    }
}
