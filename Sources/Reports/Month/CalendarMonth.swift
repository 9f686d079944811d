import Recurrence

/// A month of a year, from January of 1 to December of 9999.
public struct CalendarMonth: Hashable, Sendable {
    public let first: CivilDate

    /// The month that a day lies in.
    public init(of date: CivilDate) { first = date.adding(days: 1 - date.day) }

    /// Reads `2026-12`, and nothing else.
    public init?(_ text: String) {
        guard let first = CivilDate(text + "-01") else { return nil }
        self.first = first
    }

    /// Its days, in order.
    public var days: [CivilDate] {
        // The 32nd day is always one of the next month, unless time itself ends.
        let length = first.adding(days: 31).month == first.month ? 31 : 32 - first.adding(days: 31).day
        return (0..<length).map { first.adding(days: $0) }
    }

    /// `December 2026`
    public var title: String { "\(Self.names[first.month - 1]) \(first.year)" }

    private static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension CalendarMonth: CustomStringConvertible {
    /// `2026-12`
    public var description: String { String(first.description.dropLast(3)) }
}

extension CalendarMonth {
    /// A week as ISO 8601 has it: it begins on a Monday, and belongs to the year that has its Thursday.
    public struct Week: Hashable, Sendable {
        /// 1 to 53.
        public var number: Int
        /// Monday to Sunday; nil where the day lies in another month.
        public var days: [CivilDate?]
    }

    /// The weeks that the month has days of.
    public var weeks: [Week] {
        var weeks: [Week] = []
        for day in days {
            if weeks.isEmpty || day.weekday == .monday {
                weeks.append(Week(number: Self.week(of: day), days: Array(repeating: nil, count: 7)))
            }
            weeks[weeks.count - 1].days[day.weekday.rawValue - 1] = day
        }
        return weeks
    }

    /// The number of the ISO week that a day lies in.
    public static func week(of date: CivilDate) -> Int {
        let thursday = date.adding(days: Weekday.thursday.rawValue - date.weekday.rawValue)
        guard let newYear = CivilDate(year: thursday.year, month: 1, day: 1) else { return 1 }
        return (thursday.daysSinceEpoch - newYear.daysSinceEpoch) / 7 + 1
    }
}
