import Model
import Recurrence

/// Rules that never fire, or whose next time is far away.
extension ManifestCheck {
    /// From here on the next date is shown: most such gaps are slips, such as 29 February.
    private static var far: Duration { .seconds(366 * 86_400) }

    mutating func check(_ calendar: Calendar, _ document: Document) {
        for (index, day) in calendar.days.enumerated() {
            guard let rrule = day.rrule, let starting = day.starting else { continue }
            let path = "days[\(index)].rrule"
            do {
                let rule = try RecurrenceRule(rrule)
                var days = ClosedDays()
                try days.add(rule: rule, starting: starting, name: calendar.name)
                guard let start = LocalTime(date: starting) else { continue }
                try Schedule.rrule(rule, starting: start, zone: .utc).check(now: now)
            } catch {
                refuse(document, path, error, in: rrule)
            }
        }
    }

    /// - Parameter clients: for whom it is looked at; one that stands for all where only the rule itself matters.
    /// - Returns: whether it is due within ten years.
    @discardableResult
    mutating func checkSchedule(
        _ rule: ScheduleRule, for clients: [Client], _ path: String, _ document: Document
    ) -> Bool {
        checkCalendars(rule.holidays ?? [], "\(path).holidays", document)
        let cases = cases(rule, clients)
        for client in cases where !checkSchedule(rule, for: client, path, document) { return false }
        checkExceptions(rule, for: cases, path, document)
        return true
    }

    /// Those for whom a schedule is looked at, each in the zone that it is read in. One stands in where none is known, and
    /// for a rule that is the same on every client's clock.
    func askedOf(_ rule: ScheduleRule, _ clients: [Client], zone: String?) -> [Client] {
        if rule.businessDay == nil || clients.isEmpty { return [Client(name: "", timezone: zone ?? "UTC")] }
        return clients.map { client in
            var client = client
            client.timezone = zone ?? client.timezone
            return client
        }
    }

    /// One client for each way in which the rule can fall, without those of whom calendars are missing, which is told
    /// elsewhere.
    private func cases(_ rule: ScheduleRule, _ clients: [Client]) -> [Client] {
        var seen: Set<ScheduleBasis> = []
        return clients.filter { client in
            rule.calendars(for: client).allSatisfy { catalogue.calendars[$0] != nil }
                && seen.insert(ScheduleBasis(rule, for: client, calendars: catalogue.calendars)).inserted
        }
    }

    private mutating func checkSchedule(
        _ rule: ScheduleRule, for client: Client, _ path: String, _ document: Document
    ) -> Bool {
        let (key, text) = Self.written(rule)
        let whom = client.name.isEmpty ? "" : " for \(client.name)"
        do {
            let schedule = try rule.schedule(for: client, calendars: catalogue.calendars)
            try schedule.check(now: now)
            guard let next = try schedule.next(after: now) else {
                warn(
                    document, "\(path).\(key)", "the rule has come to its end\(whom): nothing more is due",
                    hint: "give it another COUNT or UNTIL, or take the document out")
                return false
            }
            if next.at - now > Self.far {
                warn(
                    document, "\(path).\(key)", "the next time is far away\(whom): \(next.local), \(next.zone.name)",
                    hint: "look at its days, months and years if that is not meant")
            }
            return true
        } catch var error as RuleError {
            error.message += whom
            refuse(document, "\(path).\(key)", error, in: text)
        } catch {
            refuse(document, path, "this schedule cannot be followed\(whom): \(error)", hint: nil)
        }
        return false
    }

    /// The key that says when, and its text.
    private static func written(_ rule: ScheduleRule) -> (key: String, text: String) {
        if let cron = rule.cron { return ("cron", cron) }
        if let rrule = rule.rrule { return ("rrule", rrule) }
        return ("every", rule.every?.description ?? "")
    }

    private mutating func refuse(_ document: Document, _ path: String, _ error: RuleError, in text: String) {
        let position = document.places[path]?.position(ofByte: error.offset, in: text) ?? document.position(path)
        add(document, position, .error, error.message, error.hint)
    }
}
