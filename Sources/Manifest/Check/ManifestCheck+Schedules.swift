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

    /// - Returns: whether it is due within ten years.
    @discardableResult
    mutating func checkSchedule(_ rule: ScheduleRule, zone: Zone, _ path: String, _ document: Document) -> Bool {
        let (key, text) = Self.written(rule)
        do {
            let schedule = try rule.schedule(in: zone)
            try schedule.check(now: now)
            guard let next = try schedule.next(after: now) else {
                warn(
                    document, "\(path).\(key)", "the rule has come to its end: nothing more is due",
                    hint: "give it another COUNT or UNTIL, or take the document out")
                return false
            }
            if next.at - now > Self.far {
                warn(
                    document, "\(path).\(key)", "the next time is far away: \(next.local), \(next.zone.name)",
                    hint: "look at its days, months and years if that is not meant")
            }
            return true
        } catch let error as RuleError {
            refuse(document, "\(path).\(key)", error, in: text)
        } catch {
            refuse(document, path, "this schedule cannot be followed: \(error)", hint: nil)
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
