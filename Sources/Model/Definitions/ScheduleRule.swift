import Recurrence

/// A schedule as it is written. Exactly one of `cron`, `rrule` and `every` is set.
///
/// What was added after the first release is optional: definitions that were stored before do not have it.
public struct ScheduleRule: Codable, Hashable, Sendable {
    public var cron: String?
    public var rrule: String?
    /// The rule's start; required with `rrule`.
    public var starting: LocalTime?
    /// Moves the wall-clock date of what `rrule` names.
    public var offset: Span?
    /// Moves the dates that `rrule` and `offset` give to business days.
    public var businessDay: BusinessDayMove?
    /// Names of calendars on whose days no business is done; nil is each client's own holidays.
    public var holidays: [String]?
    /// Local times at which it is due besides, after all moving; nil is none.
    public var including: [LocalTime]?
    /// Local times at which it is not due, after all moving; nil is none.
    public var excluding: [LocalTime]?
    /// 1 s … 10 years of elapsed time.
    public var every: Span?
    /// An IANA name; nil is each client's own.
    public var timezone: String?
    /// Each target starts some time of this after the moment that is due, always the same; nil is none.
    public var spread: Span?

    public init(
        cron: String? = nil, rrule: String? = nil, starting: LocalTime? = nil, offset: Span? = nil,
        businessDay: BusinessDayMove? = nil, holidays: [String]? = nil, including: [LocalTime]? = nil,
        excluding: [LocalTime]? = nil, every: Span? = nil, timezone: String? = nil,
        spread: Span? = nil
    ) {
        self.cron = cron
        self.rrule = rrule
        self.starting = starting
        self.offset = offset
        self.businessDay = businessDay
        self.holidays = holidays
        self.including = including
        self.excluding = excluding
        self.every = every
        self.timezone = timezone
        self.spread = spread
    }

    /// Names of the calendars that decide when it is due for a client: those of the business days that it moves to.
    public func calendars(for client: Client) -> [String] {
        businessDay == nil ? [] : holidays ?? client.holidays
    }
}
