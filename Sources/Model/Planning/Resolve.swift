import Recurrence

extension ScheduleRule {
    /// The rule laid onto its own zone, or else the client's.
    ///
    /// - Throws: `ZoneError` and `RuleError`; not for a rule that was checked when it was applied, unless its
    ///   zone has gone from the system's data since.
    public func schedule(in clientZone: Zone) throws -> Schedule {
        let zone = try timezone.map { try Zone.named($0) } ?? clientZone
        if let cron { return .cron(try CronExpression(cron), zone: zone) }
        if let every { return try .every(every.elapsed, zone: zone) }
        guard let rrule, let starting else {
            throw RuleError(message: "the schedule has no rule", hint: "give it cron, rrule with starting, or every")
        }
        return try .rrule(try RecurrenceRule(rrule), starting: starting, zone: zone, offset: offset ?? Span())
    }
}

extension Calendar {
    /// The calendar's days and freezes, as they fall in a zone.
    public func closedDays(in zone: Zone) throws -> ClosedDays {
        try ClosedDays(
            name: name, zone: zone,
            days: days.map { day in
                if let date = day.date { return .date(date, name: day.name) }
                guard let rrule = day.rrule, let starting = day.starting else {
                    throw RuleError(message: "a day of calendar \(name) has neither date nor rule", hint: nil)
                }
                return .rule(try RecurrenceRule(rrule), starting: starting, name: day.name)
            },
            freezes: freezes.map { .init(from: $0.from, through: $0.through, reason: $0.reason) })
    }
}

extension WindowRule {
    /// The window as it stands for one client.
    ///
    /// - Parameter calendars: those that the window and the client name, by name; one that is missing is an error.
    public func window(for client: Client, calendars: [String: Calendar]) throws -> Window {
        let zone = try Zone.named(timezone ?? client.timezone)
        let except = try Self.closedDays(self.except, calendars, zone)
        let cutoff = cutoff ?? Span()
        if outside != nil {
            let holidays = try Self.closedDays(client.holidays, calendars, zone)
            return try .outside(
                businessHours: try BusinessHours(client.businessHours), holidays: holidays, zone: zone,
                cutoff: cutoff, except: except)
        }
        guard let opens, let duration else {
            throw RuleError(message: "window \(name) never opens", hint: "give it opens and duration, or outside")
        }
        return try .opening(try opens.schedule(in: zone), duration: duration, cutoff: cutoff, except: except)
    }

    private static func closedDays(
        _ names: [String], _ calendars: [String: Calendar], _ zone: Zone
    ) throws -> [ClosedDays] {
        try names.map { name in
            guard let calendar = calendars[name] else {
                throw RuleError(message: "there is no calendar \(name)", hint: "apply it, or take its name out")
            }
            return try calendar.closedDays(in: zone)
        }
    }
}
