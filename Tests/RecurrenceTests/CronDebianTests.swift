import Testing

@testable import Recurrence

/// Cron in a zone is compared with Debian's program itself: its loop (cron.c, main), minute by minute, which compares
/// the clock with the minute up to which it has run.
struct CronDebianTests {
    private struct Job {
        var minutes: Set<Int>
        var hours: Set<Int>
        var text: String
        var isWildcard: Bool

        func matches(_ minute: Int64) -> Bool {
            let ofDay = Int(CivilMath.modulo(minute, 1440))
            return minutes.contains(ofDay % 60) && hours.contains(ofDay / 60)
        }
    }

    private func job(_ random: inout Seeded) -> Job {
        let kind = random.pick(["fixed", "fixed", "minute", "hour"])
        let minutes = random.some([0, 1, 15, 30, 45, 59], most: 3)
        let hours = random.some([0, 1, 2, 3, 4, 12, 23], most: 4)
        func list(_ values: [Int]) -> String { values.map(String.init).joined(separator: ",") }
        switch kind {
        case "minute":
            let step = random.pick([1, 5, 15, 20])
            let all = Set(stride(from: 0, to: 60, by: step))
            return Job(minutes: all, hours: Set(hours), text: "*/\(step) \(list(hours)) * * *", isWildcard: true)
        case "hour":
            return Job(minutes: Set(minutes), hours: Set(0...23), text: "\(list(minutes)) * * * *", isWildcard: true)
        default:
            return Job(
                minutes: Set(minutes), hours: Set(hours), text: "\(list(minutes)) \(list(hours)) * * *",
                isWildcard: false)
        }
    }

    private func runs(_ job: Job, _ table: ZoneTable, _ range: Range<Int64>) -> [Int64] {
        func clock(_ minute: Int64) -> Int64 { CivilMath.floorDivide(minute * 60 + table.offset(at: minute * 60), 60) }
        var (ran, upTo) = ([Int64](), clock(range.lowerBound - 1))
        for minute in range {
            let running = clock(minute)
            let difference = running - upTo
            var due: Bool
            if difference > 1, difference <= 180 {
                // Put on: what has a star as the clock says, the rest for every minute that was left out.
                due = job.isWildcard ? job.matches(running) : (upTo + 1...running).contains(where: job.matches)
                upTo = running
            } else if difference <= 0, difference > -180 {
                // Put back: what has a star as the clock says, the rest not until the clock has caught up.
                due = job.isWildcard && job.matches(running)
            } else {
                due = job.matches(running)
                upTo = running
            }
            if due { ran.append(minute * 60) }
        }
        return ran
    }

    /// Changes at least days apart, as all clocks have them; of any size.
    private func zone(_ random: inout Seeded) -> Zone {
        var (changes, time) = ([(at: Int64, offset: Int32)](), Int64(400_000))
        for _ in 0..<4 {
            let at = time - time % 1800
            changes.append((at, random.pick([0, 1800, 3600, 7200, -3600, 10_800, 14_400, -7200, 20_700, 50_400])))
            time += Int64.random(in: 200_000...600_000, using: &random)
        }
        return Zone(name: "Invented/Zone", table: ZoneTable(initial: 0, changes: changes))
    }

    @Test func `jobs run when Debian's loop runs them`() throws {
        var random = Seeded("debian")
        for _ in 0..<Seeded.count(20) {
            let (zone, job) = (zone(&random), job(&random))
            let range: Range<Int64> = 3000..<40_000
            let expected = runs(job, zone.table, range)
            let schedule = Schedule.cron(try CronExpression(job.text), zone: zone)
            let first = Instant(seconds: range.lowerBound * 60 - 1)
            let found = schedule.occurrences(after: first).prefix { $0.at.seconds < range.upperBound * 60 }.map(
                \.at.seconds)
            let difference = zip(Array(found), expected).first { $0 != $1 }
            #expect(difference == nil && found.count == expected.count, "seed \(random.seed), \(job.text)")
            for _ in 0..<10 {
                let after = Int64.random(in: range.lowerBound * 60..<2_000_000, using: &random)
                let next = try schedule.next(after: Instant(seconds: after))?.at.seconds
                #expect(
                    next == expected.first { $0 > after } || next ?? 0 >= range.upperBound * 60,
                    "seed \(random.seed), \(job.text) after \(after)")
            }
        }
    }
}
