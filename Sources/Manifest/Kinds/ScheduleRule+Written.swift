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
        static let cron = Field<JobSchedule, String>.optional(
            "cron", .cron, "Five fields, as Debian's cron reads them: '0 2 * * SUN'"
        ) { $0.rule.cron }
        static let rrule = Field<JobSchedule, String>.optional(
            "rrule", .rrule, "A recurrence rule of RFC 5545: 'FREQ=MONTHLY;BYDAY=2TU'"
        ) { $0.rule.rrule }
        static let every = Field<JobSchedule, Span>.optional(
            "every", .span(from: Span(seconds: 1)), "Elapsed time from one moment to the next"
        ) { $0.rule.every }
        static let starting = Field<JobSchedule, LocalTime>.optional(
            "starting", .localTime, "The local time from which the rule counts"
        ) { $0.rule.starting }
        static let offset = Field<JobSchedule, Span>.optional(
            "offset", .span(from: Span()), "Moves the date that the rule names: 5d"
        ) { $0.rule.offset }
        static let timezone = Field<JobSchedule, String>.optional(
            "timezone", .zone, "An IANA time zone; left out: each client's own"
        ) { $0.rule.timezone }
    }

    static let table = Table<JobSchedule>(
        name: "Schedule", about: "When a job is due",
        fields: [
            AnyField(Fields.cron), AnyField(Fields.rrule), AnyField(Fields.every), AnyField(Fields.starting),
            AnyField(Fields.offset), AnyField(Fields.timezone),
        ],
        exactlyOne: ["cron", "rrule", "every"], requires: [("rrule", "starting")],
        onlyWith: [("starting", "rrule"), ("offset", "rrule")], notYet: ["spread"])

    init?(_ object: ObjectReader<JobSchedule>) {
        rule = ScheduleRule(
            cron: object[Fields.cron], rrule: object[Fields.rrule], starting: object[Fields.starting],
            offset: object[Fields.offset], every: object[Fields.every], timezone: object[Fields.timezone])
    }
}

extension WindowOpens: Written {
    enum Fields {
        static let cron = Field<WindowOpens, String>.optional(
            "cron", .cron, "Five fields, as Debian's cron reads them: '0 2 * * SUN'"
        ) { $0.rule.cron }
        static let rrule = Field<WindowOpens, String>.optional(
            "rrule", .rrule, "A recurrence rule of RFC 5545: 'FREQ=MONTHLY;BYDAY=2TU'"
        ) { $0.rule.rrule }
        static let starting = Field<WindowOpens, LocalTime>.optional(
            "starting", .localTime, "The local time from which the rule counts"
        ) { $0.rule.starting }
        static let offset = Field<WindowOpens, Span>.optional(
            "offset", .span(from: Span()), "Moves the date that the rule names: 5d"
        ) { $0.rule.offset }
    }

    static let table = Table<WindowOpens>(
        name: "Opens", about: "When a window opens",
        fields: [AnyField(Fields.cron), AnyField(Fields.rrule), AnyField(Fields.starting), AnyField(Fields.offset)],
        exactlyOne: ["cron", "rrule"], requires: [("rrule", "starting")],
        onlyWith: [("starting", "rrule"), ("offset", "rrule")],
        elsewhere: ["timezone": "Window", "duration": "Window", "cutoff": "Window", "except": "Window"])

    init?(_ object: ObjectReader<WindowOpens>) {
        rule = ScheduleRule(
            cron: object[Fields.cron], rrule: object[Fields.rrule], starting: object[Fields.starting],
            offset: object[Fields.offset])
    }
}
