import Model
import Recurrence

/// The same value is written with other keys in a job than in a window, so each has a table of its own.
struct JobSchedule: Equatable, Sendable {
    var rule: ScheduleRule
}

struct WindowOpens: Equatable, Sendable {
    var rule: ScheduleRule
}

extension JobSchedule: Written {
    enum Fields {
        static let common = ScheduleFields<JobSchedule> { $0.rule }
        static let every = Field<JobSchedule, Span>.optional(
            "every", .span(from: Span(seconds: 1)), "Elapsed time from one moment to the next"
        ) { $0.rule.every }
        static let timezone = Field<JobSchedule, String>.optional(
            "timezone", .zone, "An IANA time zone; left out: each client's own"
        ) { $0.rule.timezone }
        static let spread = Field<JobSchedule, Span>.optional(
            "spread", .span(from: Span(seconds: 1)),
            "Each target starts some time of this after the moment that is due, always the same"
        ) { $0.rule.spread }
    }

    private static let noLocalTimes =
        "'every' counts elapsed time and names no local times: write it with cron or rrule"

    static let table = Table<JobSchedule>(
        name: "Schedule", about: "When a job is due",
        fields: [
            AnyField(Fields.common.cron), AnyField(Fields.common.rrule), AnyField(Fields.every),
            AnyField(Fields.common.starting), AnyField(Fields.common.offset), AnyField(Fields.common.businessDay),
            AnyField(Fields.common.holidays), AnyField(Fields.common.including), AnyField(Fields.common.excluding),
            AnyField(Fields.timezone), AnyField(Fields.spread),
        ],
        exactlyOne: ["cron", "rrule", "every"], requires: [("rrule", "starting")], onlyWith: Fields.common.onlyWith,
        apart: [("including", "every", noLocalTimes), ("excluding", "every", noLocalTimes)])

    init?(_ object: ObjectReader<JobSchedule>) {
        rule = Fields.common.rule(object)
        rule.every = object[Fields.every]
        rule.timezone = object[Fields.timezone]
        rule.spread = object[Fields.spread]
    }
}

extension WindowOpens: Written {
    enum Fields {
        static let common = ScheduleFields<WindowOpens> { $0.rule }
    }

    static let table = Table<WindowOpens>(
        name: "Opens", about: "When a window opens",
        fields: [
            AnyField(Fields.common.cron), AnyField(Fields.common.rrule), AnyField(Fields.common.starting),
            AnyField(Fields.common.offset), AnyField(Fields.common.businessDay), AnyField(Fields.common.holidays),
            AnyField(Fields.common.including), AnyField(Fields.common.excluding),
        ],
        exactlyOne: ["cron", "rrule"], requires: [("rrule", "starting")], onlyWith: Fields.common.onlyWith,
        elsewhere: ["timezone": "Window", "duration": "Window", "cutoff": "Window", "except": "Window"])

    init?(_ object: ObjectReader<WindowOpens>) { rule = Fields.common.rule(object) }
}
