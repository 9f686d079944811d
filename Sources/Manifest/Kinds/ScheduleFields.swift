import Model
import Recurrence

/// The keys that a job's schedule and a window's openings have in common.
struct ScheduleFields<Root: Sendable>: Sendable {
    let get: @Sendable (Root) -> ScheduleRule

    var cron: Field<Root, String> {
        .optional("cron", .cron, "Five fields, as Debian's cron reads them: '0 2 * * SUN'") { get($0).cron }
    }

    var rrule: Field<Root, String> {
        .optional("rrule", .rrule, "A recurrence rule of RFC 5545: 'FREQ=MONTHLY;BYDAY=2TU'") { get($0).rrule }
    }

    var starting: Field<Root, LocalTime> {
        .optional("starting", .localTime, "The local time from which the rule counts") { get($0).starting }
    }

    var offset: Field<Root, Span> {
        .optional("offset", .span(from: Span()), "Moves the date that the rule names: 5d") { get($0).offset }
    }

    var businessDay: Field<Root, BusinessDayMove> {
        .optional(
            "businessDay", .businessDay,
            "Moves that date to a business day: 'on or before', 'on or after', '2 before', '2 after'"
        ) { get($0).businessDay }
    }

    var holidays: Field<Root, [String]> {
        .optional(
            "holidays", .names, "Calendars on whose days no business is done; left out: each client's own holidays"
        ) { get($0).holidays }
    }

    var including: Field<Root, [LocalTime]> {
        .optional("including", .exceptions, "Local times besides the rule's own, after all that moves these") {
            get($0).including
        }
    }

    var excluding: Field<Root, [LocalTime]> {
        .optional("excluding", .exceptions, "Local times that are left out, after all that moves them") {
            get($0).excluding
        }
    }

    /// How the keys go together, beside those that say when.
    var onlyWith: [(key: String, other: String)] {
        [("starting", "rrule"), ("offset", "rrule"), ("businessDay", "rrule"), ("holidays", "businessDay")]
    }

    /// All of them but for `timezone` and `every`, which a window has elsewhere or not at all.
    func rule(_ object: ObjectReader<Root>) -> ScheduleRule {
        ScheduleRule(
            cron: object[cron], rrule: object[rrule], starting: object[starting], offset: object[offset],
            businessDay: object[businessDay], holidays: object[holidays], including: object[including],
            excluding: object[excluding])
    }
}

extension Shape where Value == [LocalTime] {
    fileprivate static var exceptions: Shape { .list(.localTime, least: 1, most: Limits.exceptions) }
}
