import Model
import Recurrence

/// Local times besides a rule's own, and times left out of them: checked against each other and the rule.
extension ManifestCheck {
    /// - Parameter clients: of which each is another case to the rule.
    mutating func checkExceptions(_ rule: ScheduleRule, for clients: [Client], _ path: String, _ document: Document) {
        let (including, excluding) = (rule.including ?? [], rule.excluding ?? [])
        guard !including.isEmpty || !excluding.isEmpty else { return }
        checkOnce(including, "including", path, document)
        checkOnce(excluding, "excluding", path, document)
        for (index, time) in excluding.enumerated() where including.contains(time) {
            refuse(
                document, "\(path).excluding[\(index)]", "\(time) is in 'including' too",
                hint: "take it out of one of the two")
        }
        let schedules = clients.compactMap { schedule(rule.withoutExceptions, for: $0) }
        for (index, time) in including.enumerated()
        where !schedules.isEmpty && schedules.allSatisfy({ $0.names(time) }) {
            warn(
                document, "\(path).including[\(index)]", "it is due at \(time) anyway", hint: "take it out")
        }
        for (index, time) in excluding.enumerated()
        where !including.contains(time) && !schedules.isEmpty && !schedules.contains(where: { $0.names(time) }) {
            tellNeverDue(time, schedules[0], "\(path).excluding[\(index)]", document)
        }
    }

    private mutating func checkOnce(_ times: [LocalTime], _ key: String, _ path: String, _ document: Document) {
        var seen: Set<LocalTime> = []
        for (index, time) in times.enumerated() where !seen.insert(time).inserted {
            refuse(document, "\(path).\(key)[\(index)]", "\(time) is in '\(key)' twice", hint: "take one of them out")
        }
    }

    /// A slip in a time to come would let the job run on a day that was to be left out. What has passed does no harm.
    private mutating func tellNeverDue(_ time: LocalTime, _ schedule: Schedule, _ path: String, _ document: Document) {
        let (message, hint) = ("it is never due at \(time)", nearestHint(time, schedule))
        if schedule.zone.resolve(time).instant < now {
            warn(document, path, message, hint: hint)
        } else {
            refuse(document, path, message, hint: hint)
        }
    }

    private mutating func nearestHint(_ time: LocalTime, _ schedule: Schedule) -> String {
        guard searches > 0 else { return "mend the times above first" }
        searches -= 1
        return schedule.nearest(to: time).map { "the nearest time is \($0)" } ?? "take it out"
    }

    /// Nil for what cannot be laid out, which is told elsewhere.
    private func schedule(_ rule: ScheduleRule, for client: Client) -> Schedule? {
        do {
            return try rule.schedule(for: client, calendars: catalogue.calendars)
        } catch {
            return nil
        }
    }
}

extension ScheduleRule {
    fileprivate var withoutExceptions: ScheduleRule {
        var rule = self
        rule.including = nil
        rule.excluding = nil
        return rule
    }
}
