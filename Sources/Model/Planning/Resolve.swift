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
            throw RuleError("the schedule has no rule", hint: "give it cron, rrule with starting, or every")
        }
        return try .rrule(try RecurrenceRule(rrule), starting: starting, zone: zone, offset: offset ?? Span())
    }
}

extension Calendar {
    /// The calendar's days and freezes, before they are laid onto a zone.
    public func closedDays() throws -> ClosedDays {
        var closed = ClosedDays()
        for day in days {
            let label = day.name ?? name
            if let date = day.date {
                closed.add(date: date, name: label)
            } else if let rrule = day.rrule, let starting = day.starting {
                try closed.add(rule: try RecurrenceRule(rrule), starting: starting, name: label)
            } else {
                throw RuleError("a day of calendar \(name) has neither date nor rule")
            }
        }
        for freeze in freezes {
            try closed.addFreeze(from: freeze.from, through: freeze.through, reason: freeze.reason ?? name)
        }
        return closed
    }
}

extension WindowRule {
    /// The window as it stands for one client.
    ///
    /// - Parameter calendars: those that the window and the client name, by name; one that is missing is an error.
    public func window(for client: Client, calendars: [String: Calendar]) throws -> Window {
        let zone = try Zone.named(timezone ?? client.timezone)
        let except = try Self.closedDays(self.except, calendars)
        let cutoff = cutoff ?? Span()
        if outside != nil {
            let holidays = try Self.closedDays(client.holidays, calendars)
            return .outside(
                businessHours: try BusinessHours(client.businessHours), holidays: holidays, zone: zone,
                cutoff: cutoff, except: except)
        }
        guard let opens, let duration else {
            throw RuleError("window \(name) never opens", hint: "give it opens and duration, or outside")
        }
        return try .opening(try opens.schedule(in: zone), duration: duration, cutoff: cutoff, except: except)
    }

    private static func closedDays(
        _ names: [String], _ calendars: [String: Calendar]
    ) throws -> [ClosedDays] {
        try names.map { name in
            guard let calendar = calendars[name] else {
                throw RuleError("there is no calendar \(name)", hint: "apply it, or take its name out")
            }
            return try calendar.closedDays()
        }
    }
}
