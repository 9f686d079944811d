import Model
import Recurrence

extension Job: Written {
    enum Fields {
        static let name = Field<Job, String>.name { $0.name }
        static let summary = Field<Job, String>.optional(
            "summary", .line(most: 200), "What it does, in a few words"
        ) { $0.summary }
        static let labels = Field<Job, [String: String]>.standard(
            "labels", .labels, [:], "By which jobs are chosen"
        ) { $0.labels }
        static let clients = Field<Job, ClientSelector>.standard(
            "clients", .clients, .all, "all, a list of names, or {labels: …}"
        ) { $0.clients }
        static let schedule = Field<Job, JobSchedule>.required("schedule", .object, "When it is due") {
            JobSchedule(rule: $0.schedule)
        }
        static let window = Field<Job, String>.optional(
            "window", .name, "The window in which runs may start; left out: at any time"
        ) { $0.window }
        static let targets = Field<Job, TargetSelector>.optional(
            "targets", .object, "The assets that it works on; left out: one run for the client as a whole"
        ) { $0.targets }
        static let within = Field<Job, Span>.optional(
            "within", .span(from: Span(seconds: 1)),
            "How long after it is due it is still in time; left out: one period of the schedule"
        ) { $0.within }
        static let lead = Field<Job, Span>.optional(
            "lead", .span(from: Span()), "How long before it is due a run is made"
        ) { $0.lead }
        static let catchUp = Field<Job, CatchUp>.standard(
            "catchUp", .choice([.latest, .all, .none]), .latest,
            "What happens to occurrences that passed while nobody planned"
        ) { $0.catchUp }
        static let overlap = Field<Job, Overlap>.standard(
            "overlap", .choice([.skip, .queue, .allow, .replace]), .skip,
            "What happens when a run is due while the last one is still going"
        ) { $0.overlap }
        static let priority = Field<Job, Int>.standard("priority", .integer(0...100, suchAs: 50), 50, "More is sooner")
        {
            $0.priority
        }
        static let queue = Field<Job, String>.standard(
            "queue", .name, "default", "The stream of runs that workers subscribe to"
        ) { $0.queue }
        static let retry = Field<Job, RetryPolicy>.standard(
            "retry", .object, RetryPolicy(), "How a run that failed is tried again"
        ) { $0.retry }
        static let atOnce = Field<Job, Int>.optional(
            "atOnce", .integer(1...1_000_000, suchAs: 5),
            "How many of its runs are at work at once, over all clients; left out: all"
        ) { $0.atOnce }
        static let exclusive = Field<Job, Bool>.standard(
            "exclusive", .yesOrNo, false, "No two runs of exclusive jobs are at work on an asset at once"
        ) { $0.exclusive ?? false }
        static let repeatable = Field<Job, Bool>.standard(
            "repeatable", .yesOrNo, true,
            "false: a run of which nobody knows how it ended is for a person to decide about, and not done again by itself"
        ) { $0.isRepeatable }
        static let rollout = Field<Job, Rollout>.optional(
            "rollout", .object, "How the runs of an occurrence follow each other; left out: all at once"
        ) { $0.rollout }
        static let requires = Field<Job, [Requirement]>.optional(
            "requires",
            .list(.object, least: 1, most: 20, hint: "write it in brackets: [{job: backup-check, succeeded: 24h}]"),
            "What must hold when a run starts; left out: nothing"
        ) { $0.requires }
        static let whenOffline = Field<Job, WhenOffline>.optional(
            "whenOffline", .choice([.skip, .nextWindow, .asap]),
            "What becomes of a run whose target is not there; left out: it has failed"
        ) { $0.whenOffline }
        static let pauseOnFailure = Field<Job, Bool>.standard(
            "pauseOnFailure", .yesOrNo, false,
            "true: once a run has failed for good, the job is paused at that client until somebody resumes it"
        ) { $0.pauseOnFailure ?? false }
        static let action = Field<Job, Action>.required("action", .action, "What a run does") { $0.action }
    }

    static let table = Table<Job>(
        name: "Job", about: "Recurring work",
        fields: [
            AnyField(Field.kind("Job")), AnyField(Fields.name), AnyField(Fields.summary), AnyField(Fields.labels),
            AnyField(Fields.clients), AnyField(Fields.schedule), AnyField(Fields.window), AnyField(Fields.targets),
            AnyField(Fields.within), AnyField(Fields.lead), AnyField(Fields.catchUp), AnyField(Fields.overlap),
            AnyField(Fields.priority), AnyField(Fields.queue), AnyField(Fields.retry), AnyField(Fields.atOnce),
            AnyField(Fields.exclusive), AnyField(Fields.repeatable), AnyField(Fields.rollout),
            AnyField(Fields.requires),
            AnyField(Fields.whenOffline), AnyField(Fields.pauseOnFailure), AnyField(Fields.action),
        ],
        notYet: ["programme", "notify"],
        elsewhere: [
            "cron": "schedule", "rrule": "schedule", "every": "schedule", "starting": "schedule", "offset": "schedule",
            "timezone": "schedule", "spread": "schedule", "rings": "rollout", "stopAfter": "rollout",
            "apart": "rollout", "exec": "action", "task": "action", "remind": "action",
            "command": "action.exec", "timeout": "action.exec", "environment": "action.exec", "attempts": "retry",
        ])

    init?(_ object: ObjectReader<Job>) {
        object.cursor.reading.hasTargets = object.has("targets")
        let name = object[Fields.name]
        let summary = object[Fields.summary]
        let labels = object[Fields.labels]
        let clients = object[Fields.clients]
        let schedule = object[Fields.schedule]
        let window = object[Fields.window]
        let targets = object[Fields.targets]
        let (within, lead) = (object[Fields.within], object[Fields.lead])
        let (catchUp, overlap) = (object[Fields.catchUp], object[Fields.overlap])
        let (priority, queue) = (object[Fields.priority], object[Fields.queue])
        let retry = object[Fields.retry]
        let (atOnce, exclusive, repeatable) = (
            object[Fields.atOnce], object[Fields.exclusive], object[Fields.repeatable]
        )
        let (rollout, requires) = (object[Fields.rollout], object[Fields.requires])
        let (whenOffline, pauseOnFailure) = (object[Fields.whenOffline], object[Fields.pauseOnFailure])
        let action = object[Fields.action]
        guard let name, let labels, let clients, let schedule, let catchUp, let overlap, let priority, let queue,
            let retry, let action
        else { return nil }
        let job = Job(
            name: name, summary: summary, labels: labels, clients: clients, schedule: schedule.rule, window: window,
            targets: targets, within: within, lead: lead, catchUp: catchUp, overlap: overlap, priority: priority,
            queue: queue, retry: retry, atOnce: atOnce, exclusive: exclusive == true ? true : nil,
            repeatable: repeatable == false ? false : nil, rollout: rollout, requires: requires,
            whenOffline: whenOffline, pauseOnFailure: pauseOnFailure == true ? true : nil, action: action)
        object.refuseWhatDoesNothing(job)
        self = job
    }
}
