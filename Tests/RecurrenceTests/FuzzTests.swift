import Glibc
import Testing

@testable import Recurrence

/// Whatever is read, reading ends soon, with a value or an error: it never traps and never hangs.
///
/// `ROTA_FUZZ=500` in a release build tries half a million of each.
struct FuzzTests {
    #if DEBUG
        private static let mostSeconds = 5.0
    #else
        private static let mostSeconds = 0.05
    #endif

    /// Of this thread alone, so that a busy machine is no failure.
    private func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func bounded(_ comment: @autoclosure () -> Comment, _ body: () throws -> Void) rethrows {
        let start = seconds()
        try body()
        let took = seconds() - start
        if took > Self.mostSeconds { Issue.record("\(took) s: \(comment())") }
    }

    /// Changes, removes, doubles and inserts some bytes.
    private func mutated(_ bytes: [UInt8], _ random: inout Seeded, _ alphabet: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let byte = random.chance(90) ? random.pick(alphabet) : UInt8.random(in: 0...255, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where place < bytes.count: bytes[place] = byte
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count:
                bytes.insert(contentsOf: bytes[place..<min(place + 8, bytes.count)], at: place)
            default: bytes.insert(byte, at: place)
            }
        }
        return bytes
    }

    private func exercise(_ schedule: Schedule, _ after: Instant, _ comment: Comment) {
        var last = after
        for occurrence in schedule.occurrences(after: after).prefix(5) {
            #expect(occurrence.at > last, comment)
            last = occurrence.at
        }
        do { try schedule.check(now: after) } catch { #expect(!error.message.isEmpty, comment) }
        #expect(!schedule.inWords.isEmpty, comment)
    }

    @Test func `cron expressions`() throws {
        var random = Seeded("fuzz cron")
        let zones = try ["UTC", "America/New_York", "Australia/Lord_Howe"].map(Zone.named)
        let seeds = [
            "*/15 0-18/3 2,18 * *", "0 0 29 2 *", "0 0 L,15W * 5L", "30 1-5 1-7 JAN-DEC MON#2", "* * * * * *", "@daily",
            "0 0 31 4 ?", "5/20 10 LW * SUN", "59 23 L-30 2 0#5", "1,2,3 */23 */31 */12 */7",
        ].map { Array($0.utf8) }
        let alphabet = Array("0123456789*/,-#LW? @JANFEBSUMO".utf8)
        for _ in 0..<Seeded.count(1000) {
            let text = String(decoding: mutated(random.pick(seeds), &random, alphabet), as: UTF8.self)
            let after = Instant(seconds: Int64.random(in: -62_135_596_800..<253_402_300_800, using: &random))
            bounded("seed \(random.seed), '\(text)' after \(after)") {
                do throws(RuleError) {
                    exercise(
                        .cron(try CronExpression(text), zone: random.pick(zones)), after,
                        "seed \(random.seed), '\(text)'")
                } catch {
                    #expect(error.offset ?? 0 <= text.utf8.count, "'\(text)'")
                }
            }
        }
    }

    @Test func `recurrence rules`() throws {
        var random = Seeded("fuzz rules")
        let zones = try ["UTC", "America/New_York", "Australia/Lord_Howe"].map(Zone.named)
        let alphabet = Array("0123456789=;,-+FREQINTVALBYDMOHUWKSP".utf8)
        for _ in 0..<Seeded.count(1000) {
            let text = String(decoding: mutated(Array(RandomRule.any(&random).utf8), &random, alphabet), as: UTF8.self)
            let start = LocalTime(seconds: Int64.random(in: -2_000_000_000..<4_000_000_000, using: &random))
            bounded("seed \(random.seed), '\(text)' from \(start)") {
                do throws(RuleError) {
                    let rule = try RecurrenceRule(text)
                    #expect(try RecurrenceRule(rule.description) == rule, "'\(text)'")
                    exercise(
                        try schedule(rule, start, random.pick(zones), &random),
                        Instant(seconds: start.seconds + Int64.random(in: -100_000...400_000_000, using: &random)),
                        "seed \(random.seed), '\(text)' from \(start)")
                } catch {
                    #expect(error.offset ?? 0 <= text.utf8.count, "'\(text)'")
                }
            }
        }
    }

    /// Every third rule is moved to business days, and every third has exceptions.
    private func schedule(
        _ rule: RecurrenceRule, _ start: LocalTime, _ zone: Zone, _ random: inout Seeded
    ) throws(RuleError) -> Schedule {
        let moves: [BusinessDayMove] = [.onOrAfter, .onOrBefore, .after(1), .before(3), .after(250)]
        let move = rule.frequency <= .daily && random.chance(33) ? random.pick(moves) : nil
        var closed = ClosedDays()
        if random.chance(50) { try closed.add(rule: weekly, starting: start.date, name: "Closed") }
        let plain = try Schedule.rrule(
            rule, starting: start, zone: zone, move: move, businessDays: BusinessDays(closed: [closed]))
        guard random.chance(33) else { return plain }
        func times() -> [LocalTime] {
            (0..<3).map { _ in
                LocalTime(seconds: start.seconds + Int64.random(in: 0...1_000_000, using: &random) / 60 * 60)
            }
        }
        return plain.except(including: times(), excluding: times() + [start])
    }

    @Test func `zone data`() throws {
        var random = Seeded("fuzz zones")
        let names = ["America/New_York", "Pacific/Apia", "Europe/Dublin", "Asia/Gaza", "UTC", "Africa/Casablanca"]
        var seeds: [[UInt8]] = []
        for name in names {
            for directory in ZoneFiles.directories() where ZoneFiles.stamp("\(directory)/\(name)") != nil {
                seeds.append(try ZoneFiles.read("\(directory)/\(name)", most: TZifReader.mostBytes))
                break
            }
        }
        let alphabet = Array("\0\u{1}\u{7f}<>,./:+-0123456789MJ\n".utf8)
        for _ in 0..<Seeded.count(1000) {
            let bytes = mutatedZone(random.pick(seeds), &random, alphabet)
            bounded("seed \(random.seed)") {
                do throws(TZifReader.Problem) {
                    var reader = TZifReader(bytes)
                    let zone = Zone(name: "Fuzzed/Zone", table: try reader.table())
                    let after = Instant(seconds: Int64.random(in: -62_135_596_800..<253_402_300_800, using: &random))
                    _ = zone.resolve(zone.local(after))
                    exercise(.cron(daily, zone: zone), after, "seed \(random.seed)")
                    exercise(.cron(quarterly, zone: zone), after, "seed \(random.seed)")
                } catch {
                    #expect(!error.text.isEmpty)
                }
            }
        }
    }

    /// The counts of the headers at the beginning and the rule at the end decide more than what lies between.
    private func mutatedZone(_ bytes: [UInt8], _ random: inout Seeded, _ alphabet: [UInt8]) -> [UInt8] {
        let (head, tail) = (bytes.prefix(100), bytes.dropFirst(100).suffix(40))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return mutated(Array(head), &random, alphabet) + bytes.dropFirst(100)
        case 1: return bytes.dropLast(tail.count) + mutated(Array(tail), &random, alphabet)
        case 2: return Array(mutated(bytes, &random, alphabet).prefix(Int.random(in: 0...bytes.count, using: &random)))
        default: return mutated(bytes, &random, alphabet)
        }
    }

    private let daily: CronExpression
    private let quarterly: CronExpression
    private let weekly: RecurrenceRule

    init() throws {
        daily = try CronExpression("30 1 * * *")
        quarterly = try CronExpression("*/15 * * * *")
        weekly = try RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,TH")
    }

    @Test func `spans, dates, instants, business hours and moves`() {
        var random = Seeded("fuzz words")
        let seeds = [
            "1w2d3h4m5s", "2026-12-25", "2026-02-15T10:00:00.123456+01:00", "Mon-Fri 08:00-18:00", "3 before",
            "on or after",
            "2026-01-04T02:00",
        ].map { Array($0.utf8) }
        let alphabet = Array("0123456789-:.+ TZwdhmsMonFri".utf8)
        for _ in 0..<Seeded.count(3000) {
            let text = String(decoding: mutated(random.pick(seeds), &random, alphabet), as: UTF8.self)
            if let span = Span(text) { #expect(Span(span.description) == span, "\(text)") }
            if let date = CivilDate(text) { #expect(date.description == text) }
            if let instant = Instant(rfc3339: text) {
                #expect(Instant(rfc3339: instant.description) == instant, "\(text)")
            }
            if let local = LocalTime(text) { #expect(LocalTime(local.description) == local, "\(text)") }
            if let move = BusinessDayMove(text) { #expect(BusinessDayMove(move.description) == move, "\(text)") }
            do { _ = try BusinessHours([text]) } catch { #expect(!error.message.isEmpty) }
        }
    }
}
