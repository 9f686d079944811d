import Model
import Recurrence
import Reports
import Store

extension DescribedFacts {
    /// - Parameter pauses: all that hold now.
    func describe(
        _ listed: ListedJob, _ assignments: [ListedAssignment], _ pauses: [ForecastFacts.Paused]
    ) throws -> Description {
        let job = listed.job
        let pauses = pauses.filter { covers($0.subject, job, assignments) }
        var description = Description(
            "job/\(job.name)",
            json: try JSONValue(.job(job)).adding([
                .init("revision", JSONValue(listed.revision)),
                .init("assignments", .array(assignments.map(Self.json))),
                .init("pauses", .array(pauses.map(\.json))),
            ]))
        description.add("summary", job.summary)
        description.add(
            "revision",
            "\(listed.revision), applied \(Words.moment(listed.changedAt)) by \(listed.changedBy)")
        for paused in pauses {
            let until = paused.pause.until.map { ", until \(Words.moment($0))" } ?? ""
            description.add("paused", paused.pause.inWords + until, style: .warning)
        }
        description.add("labels", Listing.labels(job.labels))
        description.add("schedule", job.schedule.inWords)
        if job.schedule.businessDay != nil {
            let holidays = job.schedule.holidays.map { Listing.joined($0).map { "the days of \($0)" } ?? "holidays" }
            description.add(
                "business days", "those of each client's business hours without \(holidays ?? "its holidays")")
        }
        description.add("window", job.window ?? "none: at any time")
        description.add("targets", Self.inWords(job.targets))
        description.add("within", job.within?.description ?? "one period of the schedule")
        description.add("made ahead", job.lead.map { "\($0) before it is due" })
        description.add("queue", "\(job.queue), priority \(job.priority)")
        description.add("attempts", Self.inWords(job.retry))
        for rule in job.rules { description.add(rule.name, rule.text) }
        description.add("action", Self.inWords(job.action))

        var table = Table([.init("client")] + Self.assignmentColumns)
        for assignment in assignments { table.add([.init(assignment.client)] + assignmentCells(assignment)) }
        description.add("Clients", table, empty: "It is for no client.")
        return description
    }

    static func json(_ assignment: ListedAssignment) -> JSONValue {
        [
            "job": .text(assignment.job), "client": .text(assignment.client),
            "plannedThrough": JSONValue(assignment.plannedThrough), "wakeAt": JSONValue(assignment.wakeAt),
            "trouble": JSONValue(assignment.trouble), "held": JSONValue(assignment.held),
            "ready": JSONValue(assignment.ready), "leased": JSONValue(assignment.leased),
            "waiting": JSONValue(assignment.waiting), "lastSuccess": JSONValue(assignment.lastSuccess),
        ]
    }

    private static func inWords(_ targets: TargetSelector?) -> String {
        guard let targets else { return "the client as a whole" }
        let kinds = targets.kinds.isEmpty ? "every asset" : targets.kinds.joined(separator: " or ")
        return kinds + (Listing.labels(targets.labels).map { " with \($0)" } ?? "")
            + (targets.condition.map { " where \($0)" } ?? "")
    }

    private static func inWords(_ retry: RetryPolicy) -> String {
        guard retry.attempts > 1 else { return "1" }
        return "\(retry.attempts), \(retry.wait) apart, each wait \(retry.factor.formattedShortly) times the last, "
            + "at most \(retry.most)"
    }

    private static func inWords(_ action: Action) -> String {
        switch action {
        case .exec(let exec): "exec: \(exec.command.joined(separator: " ")) (timeout \(exec.timeout))"
        case .task(let task): "task for \(task.assignee), \(Words.count(task.steps.count, "step"))"
        case .remind(let remind):
            switch remind.to {
            case .file(let path): "remind: to file \(path)"
            case .webhook(let address): "remind: to \(address)"
            }
        }
    }
}

extension Double {
    /// `2`, `1.5`: without the zero after the point.
    var formattedShortly: String { rounded() == self && abs(self) < 1e15 ? String(Int64(self)) : String(self) }
}
