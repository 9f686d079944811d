import Model
import Recurrence

/// Short words for the cases of planning.
enum Given {
    /// 10 March 2026 is a Tuesday.
    static func at(_ time: String) -> Instant {
        let text = time.contains("T") ? time : "2026-03-10T\(time)"
        return Instant(rfc3339: text.count == "2026-03-10T09:00".count ? text + ":00Z" : text + "Z")!
    }

    static func span(_ text: String) -> Span { Span(text)! }

    static let exec = Action.exec(ExecAction(command: ["true"], timeout: Span(seconds: 600)))

    static func job(
        _ schedule: ScheduleRule = ScheduleRule(cron: "0 * * * *"), within: Span? = nil, lead: Span? = nil,
        window: String? = nil, action: Action = exec
    ) -> Job {
        Job(name: "job", schedule: schedule, window: window, within: within, lead: lead, action: action)
    }

    /// A state planned through 08:30, of a job that is due at every full hour, in UTC.
    static func state(
        _ job: Job = job(), window: Window? = nil, pause: Pause? = nil, planned: String = "08:30",
        targets: [Int64?] = [1], reviewable: [Asset] = [], open: [OpenRun] = []
    ) throws -> AssignmentState {
        AssignmentState(
            job: job, schedule: try job.schedule.schedule(in: .utc), window: window, pauses: pause.map { [$0] } ?? [],
            plannedThrough: at(planned), targets: targets, reviewable: reviewable, open: open)
    }

    static func run(
        _ id: Int64, target: Int64? = 1, due: String, _ place: OpenRun.Place, lane: Lane = .proactive
    ) -> OpenRun {
        OpenRun(id: id, target: target, lane: lane, due: at(due), place: place)
    }

    /// Open from 22:00 for four hours each day; nothing starts in the last half hour.
    static func nightly() throws -> Window {
        try .opening(
            .cron(try CronExpression("0 22 * * *"), zone: .utc), duration: span("4h"), cutoff: span("30m"))
    }
}
