import Recurrence

/// What is measured: this package's library.
enum Subject {
    static let zone = "America/Vancouver"
    static let start = "2026-01-13T02:00"

    static func schedule(_ asked: Case) throws -> Schedule {
        let zone = try Zone.named(zone)
        guard let start = LocalTime(start) else { throw BenchFailure("'\(start)' is no local time") }
        switch asked.kind {
        case .cron: return .cron(try CronExpression(asked.rule), zone: zone)
        case .rrule: return try .rrule(try RecurrenceRule(asked.rule), starting: start, zone: zone)
        }
    }

    /// The moment before the start, so that the start itself is asked for too.
    static func before() throws -> Instant {
        guard let start = LocalTime(start), case .unique(let instant) = try Zone.named(zone).resolve(start) else {
            throw BenchFailure("'\(start)' is no time of \(zone)")
        }
        return instant - .seconds(1)
    }

    /// The sum of the first moments, in seconds: that the loop is not left out, and that tools can be compared.
    @inline(never)
    static func sum(_ schedule: Schedule, after instant: Instant, _ count: Int) -> Int64 {
        var (sum, left) = (Int64(0), count)
        for occurrence in schedule.occurrences(after: instant) {
            guard left > 0 else { break }
            left -= 1
            sum &+= occurrence.at.seconds
        }
        return sum
    }
}
