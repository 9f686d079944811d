import Recurrence

extension ScheduleRule {
    /// The rule as it stands for one client: in its own zone or else the client's, with the client's business days where
    /// it moves dates to these.
    ///
    /// - Parameter calendars: those that it names, or the client does, by name; one that is missing is an error.
    /// - Throws: `ZoneError` and `RuleError`; not for a rule that was checked when it was applied, unless its
    ///   zone has gone from the system's data since.
    public func schedule(for client: Client, calendars: [String: Calendar]) throws -> Schedule {
        let zone = try Zone.named(timezone ?? client.timezone)
        guard businessDay != nil else { return try schedule(in: zone) }
        let closed = try [ClosedDays](self.calendars(for: client), of: calendars)
        return try schedule(
            in: zone, businessDays: BusinessDays(weekdays: try client.businessWeekdays, closed: closed))
    }

    /// The rule laid onto its own zone, or else a given one, with given business days.
    public func schedule(in otherZone: Zone, businessDays: BusinessDays = BusinessDays()) throws -> Schedule {
        let zone = try timezone.map { try Zone.named($0) } ?? otherZone
        return try rule(in: zone, businessDays).except(including: including ?? [], excluding: excluding ?? [])
    }

    private func rule(in zone: Zone, _ businessDays: BusinessDays) throws -> Schedule {
        if let cron { return .cron(try CronExpression(cron), zone: zone) }
        if let every { return try .every(every.elapsed, zone: zone) }
        guard let rrule, let starting else {
            throw RuleError("the schedule has no rule", hint: "give it cron, rrule with starting, or every")
        }
        return try .rrule(
            try RecurrenceRule(rrule), starting: starting, zone: zone, offset: offset ?? Span(), move: businessDay,
            businessDays: businessDays)
    }
}

extension Client {
    /// The days of the week on which business hours begin; Monday to Friday where there are none.
    var businessWeekdays: Set<Weekday> {
        get throws(RuleError) {
            let weekdays = try BusinessHours(businessHours).weekdays
            return weekdays.isEmpty ? BusinessDays.mondayToFriday : weekdays
        }
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
        let except = try [ClosedDays](self.except, of: calendars)
        let cutoff = cutoff ?? Span()
        if outside != nil {
            let holidays = try [ClosedDays](client.holidays, of: calendars)
            return .outside(
                businessHours: try BusinessHours(client.businessHours), holidays: holidays, zone: zone,
                cutoff: cutoff, except: except)
        }
        guard let opens, let duration else {
            throw RuleError("window \(name) never opens", hint: "give it opens and duration, or outside")
        }
        // Its zone is the window's: what it opens by has none of its own.
        var place = client
        place.timezone = zone.name
        return try .opening(
            try opens.schedule(for: place, calendars: calendars), duration: duration, cutoff: cutoff, except: except)
    }
}

extension [ClosedDays] {
    /// The calendars of these names.
    fileprivate init(_ names: [String], of calendars: [String: Calendar]) throws {
        self = try names.map { name in
            guard let calendar = calendars[name] else {
                throw RuleError("there is no calendar \(name)", hint: "apply it, or take its name out")
            }
            return try calendar.closedDays()
        }
    }
}
