/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31, in no particular zone.
public struct CivilDate: Hashable, Comparable, Sendable {
    private let number: Int32

    /// 0001-01-01.
    public static let first = CivilDate(daysSinceEpoch: CivilMath.firstDay)
    /// 9999-12-31.
    public static let last = CivilDate(daysSinceEpoch: CivilMath.lastDay)

    /// The day that many days after 1970-01-01. What lies outside the calendar's bounds is moved to its first or last
    /// day.
    public init(daysSinceEpoch: Int) {
        number = Int32(min(max(daysSinceEpoch, CivilMath.firstDay), CivilMath.lastDay))
    }

    /// Nil where there is no such day, as for 30 February.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilMath.length(year: year, month: month)
        else { return nil }
        self.init(daysSinceEpoch: CivilMath.days(year: year, month: month, day: day))
    }

    /// Reads `2026-12-25`, and nothing else.
    public init?(_ text: some StringProtocol) {
        var reader = ByteReader(text)
        guard let date = reader.date(), reader.isAtEnd else { return nil }
        self = date
    }

    /// Days since 1970-01-01, negative before it.
    public var daysSinceEpoch: Int { Int(number) }
    /// 1 to 9999.
    public var year: Int { CivilMath.civil(days: daysSinceEpoch).year }
    /// 1 to 12.
    public var month: Int { CivilMath.civil(days: daysSinceEpoch).month }
    /// Of the month: 1 to 31.
    public var day: Int { CivilMath.civil(days: daysSinceEpoch).day }
    public var weekday: Weekday { Weekday(bit: CivilMath.weekday(days: daysSinceEpoch)) }

    /// The day that many days later (earlier where negative), held within the calendar's bounds.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        guard !overflow else { return days < 0 ? .first : .last }
        return CivilDate(daysSinceEpoch: sum)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.number < right.number }
}

extension CivilDate: CustomStringConvertible {
    /// `2026-12-25`
    public var description: String {
        let (year, month, day) = CivilMath.civil(days: daysSinceEpoch)
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
    }
}

extension CivilDate: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.text(Self.init(_:), "a date such as 2026-12-25")
    }
    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: description) }
}
