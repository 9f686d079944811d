/// A recurrence rule of RFC 5545 section 3.3.10, with `SKIP` of RFC 7529.
///
/// It says which local times recur, given a start; ``Schedule`` lays it onto a zone. Two rules are equal where their
/// parts are, whatever the order in which they were written.
public struct RecurrenceRule: Hashable, Sendable {
    /// The period that is stepped through (RFC 5545 §3.3.10, `FREQ`).
    public enum Frequency: Int, Hashable, Comparable, Sendable, CaseIterable {
        case yearly, monthly, weekly, daily, hourly, minutely, secondly

        /// Coarser ones are smaller.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// Where the rule ends, the end included.
    public enum Until: Hashable, Sendable {
        /// With the last occurrence on that local day.
        case date(CivilDate)
        /// With the last occurrence at or before that local time.
        case local(LocalTime)
        /// With the last occurrence at or before that moment.
        case utc(Instant)
    }

    /// What becomes of a day that a month or year does not have (RFC 7529 section 4.1).
    public enum Skip: Hashable, Sendable {
        /// It is left out: RFC 5545's own rule.
        case omit
        /// The day before it is taken.
        case backward
        /// The day after it is taken.
        case forward
    }

    /// A weekday, or the n-th of its month or year (the n-th last where negative).
    public struct Day: Hashable, Comparable, Sendable {
        /// 0 where every such weekday is meant.
        public var n: Int
        public var weekday: Weekday

        public init(n: Int = 0, weekday: Weekday) {
            self.n = n
            self.weekday = weekday
        }

        public static func < (left: Day, right: Day) -> Bool {
            (left.weekday, left.n) < (right.weekday, right.n)
        }
    }

    /// The period that is stepped through.
    public internal(set) var frequency: Frequency
    /// Every so many periods: 1 to 999,999, by default 1.
    public internal(set) var interval = 1
    /// How many occurrences the rule gives: 1 to 100,000; nil for no such end. Not beside `until`.
    public internal(set) var count: Int?
    /// Where it ends, that end included; nil for no such end.
    public internal(set) var until: Until?
    /// 1 to 12. Like all lists sorted, nothing twice; empty where the part is not written.
    public internal(set) var byMonth: [Int] = []
    /// Weeks as ISO 8601 numbers them, from `weekStart`: 1 to 53, -1 to -53 from the year's end. With `.yearly` alone.
    public internal(set) var byWeekNumber: [Int] = []
    /// 1 to 366, -1 to -366 from the year's end.
    public internal(set) var byYearDay: [Int] = []
    /// 1 to 31, -1 to -31 from the month's end.
    public internal(set) var byMonthDay: [Int] = []
    /// Weekdays; numbered ones (1 to 53, -1 to -53) with `.monthly` and `.yearly` alone.
    public internal(set) var byDay: [Day] = []
    /// 0 to 23.
    public internal(set) var byHour: [Int] = []
    /// 0 to 59.
    public internal(set) var byMinute: [Int] = []
    /// 0 to 59; a 60 that was written is kept as 59, since there are no leap seconds.
    public internal(set) var bySecond: [Int] = []
    /// Places within the period's occurrences: 1 to 366, -1 to -366 from its end.
    public internal(set) var bySetPosition: [Int] = []
    /// On which day weeks begin (`WKST`); Monday unless it is written.
    public internal(set) var weekStart = Weekday.monday
    /// What becomes of days that do not exist; left out unless it is written.
    public internal(set) var skip = Skip.omit

    /// Fails with what is wrong, and where, in the first bad part.
    public init(_ text: String) throws(RuleError) {
        var parser = RuleParser(text)
        self = try parser.parse()
    }

    init(frequency: Frequency) { self.frequency = frequency }
}

extension RecurrenceRule: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: description) }
}
