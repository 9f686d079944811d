import Recurrence

/// All that decides when a schedule is due for one client: where two are equal, so are all their moments.
public struct ScheduleBasis: Hashable, Sendable {
    /// Without the zone and the names of calendars, of which the contents stand below.
    private var rule: ScheduleRule
    private var zone: String
    /// Nil where the schedule does not ask for business days.
    private var business: Business?

    private struct Business: Hashable {
        var weekdays: Set<Weekday>
        /// Nil for a calendar that is not there.
        var holidays: [[Calendar.Day]?]
    }

    public init(_ rule: ScheduleRule, for client: Client, calendars: [String: Calendar]) {
        self.rule = rule
        self.rule.timezone = nil
        self.rule.holidays = nil
        // It moves starts, and no moment that is due.
        self.rule.spread = nil
        zone = rule.timezone ?? client.timezone
        guard rule.businessDay != nil else { return }
        business = Business(
            weekdays: Self.weekdays(of: client),
            holidays: rule.calendars(for: client).map { name in
                calendars[name]?.days.map { Calendar.Day(date: $0.date, rrule: $0.rrule, starting: $0.starting) }
            })
    }

    /// None where the hours cannot be read, for which the client is refused.
    private static func weekdays(of client: Client) -> Set<Weekday> {
        do throws(RuleError) { return try client.businessWeekdays } catch { return [] }
    }
}
