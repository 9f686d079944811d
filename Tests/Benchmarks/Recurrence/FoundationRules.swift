import Foundation

/// The same rules for Foundation's `Calendar.RecurrenceRule`, which reads no text.
enum FoundationRules {
    static func rule(_ asked: Case) throws -> Calendar.RecurrenceRule {
        var calendar = Calendar(identifier: .gregorian)
        guard let zone = TimeZone(identifier: Subject.zone) else { throw BenchFailure("Foundation has no zone") }
        calendar.timeZone = zone
        calendar.firstWeekday = 2
        calendar.minimumDaysInFirstWeek = 4
        let workdays: [Locale.Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        var rule = Calendar.RecurrenceRule(calendar: calendar, frequency: .daily)
        switch asked.rule {
        case "FREQ=DAILY": break
        case "FREQ=WEEKLY;BYDAY=MO,WE,FR":
            rule.frequency = .weekly
            rule.weekdays = [.every(.monday), .every(.wednesday), .every(.friday)]
        case "FREQ=MONTHLY;BYDAY=2TU":
            rule.frequency = .monthly
            rule.weekdays = [.nth(2, .tuesday)]
        case "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1":
            rule.frequency = .monthly
            rule.weekdays = workdays.map { .every($0) }
            rule.setPositions = [-1]
        case "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO":
            rule.frequency = .yearly
            rule.weeks = [20]
            rule.weekdays = [.every(.monday)]
        default: throw BenchFailure("'\(asked.rule)' is not written for Foundation")
        }
        return rule
    }

    @inline(never)
    static func sum(_ rule: Calendar.RecurrenceRule, from start: Date, _ count: Int) -> Int64 {
        rule.recurrences(of: start).prefix(count).reduce(0) { $0 &+ Int64($1.timeIntervalSince1970) }
    }
}
