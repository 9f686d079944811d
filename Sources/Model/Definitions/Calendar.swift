import Recurrence

/// Days and spans of days on which a window stays closed, or there are no business hours.
public struct Calendar: Codable, Hashable, Sendable {
    /// One whole local day by its date, or those of a rule. Exactly one of `date` and `rrule` is set.
    public struct Day: Codable, Hashable, Sendable {
        public var date: CivilDate?
        public var rrule: String?
        /// The rule's first possible day; required with `rrule`.
        public var starting: CivilDate?
        public var name: String?

        public init(
            date: CivilDate? = nil, rrule: String? = nil, starting: CivilDate? = nil, name: String? = nil
        ) {
            self.date = date
            self.rrule = rrule
            self.starting = starting
            self.name = name
        }
    }

    /// Whole local days, both ends included.
    public struct Freeze: Codable, Hashable, Sendable {
        public var from: CivilDate
        public var through: CivilDate
        public var reason: String?

        public init(from: CivilDate, through: CivilDate, reason: String? = nil) {
            self.from = from
            self.through = through
            self.reason = reason
        }
    }

    public var name: String
    public var days: [Day]
    public var freezes: [Freeze]

    public init(name: String, days: [Day] = [], freezes: [Freeze] = []) {
        self.name = name
        self.days = days
        self.freezes = freezes
    }
}
