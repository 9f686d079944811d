import Recurrence

/// A schedule as it is written. Exactly one of `cron`, `rrule` and `every` is set.
public struct ScheduleRule: Codable, Hashable, Sendable {
    public var cron: String?
    public var rrule: String?
    /// The rule's start; required with `rrule`.
    public var starting: LocalTime?
    /// Moves the wall-clock date of what `rrule` names.
    public var offset: Span?
    /// 1 s … 10 years of elapsed time.
    public var every: Span?
    /// An IANA name; nil is each client's own.
    public var timezone: String?

    public init(
        cron: String? = nil, rrule: String? = nil, starting: LocalTime? = nil, offset: Span? = nil,
        every: Span? = nil, timezone: String? = nil
    ) {
        self.cron = cron
        self.rrule = rrule
        self.starting = starting
        self.offset = offset
        self.every = every
        self.timezone = timezone
    }
}
