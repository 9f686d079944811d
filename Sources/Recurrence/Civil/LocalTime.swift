/// A date and a time of day as a clock on the wall shows them, in no particular zone, to the second.
///
/// Whether it exists in a zone, and how often, ``Zone/resolve(_:)`` tells.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// Seconds from 1970-01-01T00:00:00 on the same wall clock.
    let seconds: Int64

    static let firstSecond = Int64(CivilMath.firstDay) * CivilMath.secondsPerDay
    static let lastSecond = Int64(CivilMath.lastDay + 1) * CivilMath.secondsPerDay - 1

    /// What lies outside the years 1 to 9999 is moved to their first or last second.
    init(seconds: Int64) { self.seconds = min(max(seconds, Self.firstSecond), Self.lastSecond) }

    /// Nil where the clock never shows it: hours are 0 to 23, minutes and seconds 0 to 59.
    public init?(date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        seconds = Int64(date.daysSinceEpoch) * CivilMath.secondsPerDay + Int64(hour * 3600 + minute * 60 + second)
    }

    /// Reads `2026-01-04T02:00`, or with seconds `2026-01-04T02:00:00`, and nothing else.
    public init?(_ text: some StringProtocol) {
        var reader = ByteReader(text)
        guard let date = reader.date(), reader.take(UInt8(ascii: "T")), let second = reader.timeOfDay(),
            reader.isAtEnd
        else { return nil }
        seconds = Int64(date.daysSinceEpoch) * CivilMath.secondsPerDay + Int64(second)
    }

    public var date: CivilDate { CivilDate(daysSinceEpoch: CivilMath.split(seconds).day) }
    /// 0 to 23.
    public var hour: Int { CivilMath.split(seconds).second / 3600 }
    /// 0 to 59.
    public var minute: Int { CivilMath.split(seconds).second / 60 % 60 }
    /// 0 to 59: no zone of this library has leap seconds.
    public var second: Int { CivilMath.split(seconds).second % 60 }

    public static func < (left: LocalTime, right: LocalTime) -> Bool { left.seconds < right.seconds }
}

extension LocalTime: CustomStringConvertible {
    /// Always with seconds: `2026-02-15T02:00:00`.
    public var description: String { "\(date)T\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))" }
}

extension LocalTime: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.text(Self.init(_:), "a local time such as 2026-01-04T02:00")
    }
    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: description) }
}
