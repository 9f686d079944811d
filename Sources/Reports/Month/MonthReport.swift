import Model
import Recurrence

/// A month of one client, day by day: the windows that open, the days that are closed, and the jobs that are due.
public struct MonthReport: Sendable {
    /// An opening of a window, on the day on which it begins; one in progress when the month begins, on its first day.
    public struct Opened: Hashable, Sendable {
        public var window: String
        public var opening: Opening
    }

    /// A holiday or a freeze.
    public struct Closed: Hashable, Sendable {
        public enum Kind: String, Sendable { case holiday, freeze }

        public var kind: Kind
        public var name: String
        /// The calendar that it stands in.
        public var calendar: String
        /// The last of its days.
        public var through: CivilDate
    }

    /// How often a job is due on a day.
    public struct Due: Hashable, Sendable {
        public var job: String
        public var count: Int
        public var first: Instant
        public var last: Instant
    }

    public struct Day: Hashable, Sendable {
        public var date: CivilDate
        public var opened: [Opened] = []
        public var closed: [Closed] = []
        public var due: [Due] = []
    }

    public var client: Client
    /// The client's own, in which days begin and times are told.
    public var zone: Zone
    public var month: CalendarMonth
    public var days: [Day]

    /// The month in which a moment lies for a client.
    public static func month(of client: Client, at now: Instant) throws(MonthProblem) -> CalendarMonth {
        CalendarMonth(of: try zone(client).local(now).date)
    }

    static func zone(_ client: Client) throws(MonthProblem) -> Zone {
        do throws(ZoneError) {
            return try Zone.named(client.timezone)
        } catch {
            throw MonthProblem(place: "client/\(client.name)", message: error.message, hint: error.hint)
        }
    }
}

/// Why a month cannot be told: a definition that cannot be used, as when a zone has gone from the system's data.
public struct MonthProblem: Error, Hashable {
    /// `job/patch-servers`
    public var place: String
    public var message: String
    public var hint: String?
}
