import Recurrence

/// 100,000 schedules, no two of them alike.
enum ManySchedules {
    static let count = 100_000
    private static let zones = [
        "America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Sydney", "UTC", "America/Vancouver",
    ]
    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    static func make() throws -> [Schedule] {
        let zones = try zones.map { try Zone.named($0) }
        guard let start = LocalTime(Subject.start) else { throw BenchFailure("no start") }
        return try (0..<count).map { number in
            let (kind, turn) = (number % 5, number / 5)
            // Minute, hour and a further number from 0 to 13 tell those of a kind apart.
            let (minute, hour, further) = (turn % 60, turn / 60 % 24, turn / 1440)
            let (day, more) = (days[further % 7], further / 7)
            let time = "BYHOUR=\(hour);BYMINUTE=\(minute)"
            let rule: String
            switch kind {
            case 0:
                return .cron(try CronExpression("\(minute) \(hour) * * \(further % 7)"), zone: zones[more])
            case 1:
                return .cron(try CronExpression("\(minute) \(hour) \(further + 1) * *"), zone: zones[further % 6])
            case 2: rule = "FREQ=MONTHLY;BYDAY=\(more + 1)\(day);\(time)"
            case 3: rule = "FREQ=WEEKLY;INTERVAL=\(more + 2);BYDAY=\(day);\(time)"
            default: rule = "FREQ=DAILY;INTERVAL=\(further + 1);\(time)"
            }
            return try .rrule(try RecurrenceRule(rule), starting: start, zone: zones[further % 6])
        }
    }

    @inline(never)
    static func sum(_ schedules: [Schedule], after instant: Instant) throws -> Int64 {
        try schedules.reduce(0) { $0 &+ (try $1.next(after: instant)?.at.seconds ?? 0) }
    }
}
