/// A length of time as people write it: `45s`, `30m`, `3h`, `1h30m`, `5d`, `2w`.
///
/// Weeks and days are units of the calendar where they move a date; hours, minutes and seconds are elapsed time.
public struct Span: Hashable, Sendable {
    /// Calendar days, weeks included.
    public var days: Int
    /// Elapsed seconds, hours and minutes included.
    public var seconds: Int64

    /// No time at all.
    public static let zero = Span(days: 0, seconds: 0)
    /// The longest that can be written: 1,000 years of days, and as much of seconds.
    public static let most = Span(days: 365_250, seconds: 31_557_600_000)

    public init(days: Int = 0, seconds: Int64 = 0) {
        self.days = days
        self.seconds = seconds
    }

    /// Reads whole numbers with a unit each, largest unit first and none twice, without spaces or signs.
    ///
    /// Nil for anything else, and for what is longer than ``most``.
    public init?(_ text: some StringProtocol) {
        var reader = ByteReader(text)
        var (days, seconds, lastRank) = (0, Int64(0), -1)
        guard !reader.isAtEnd else { return nil }
        while !reader.isAtEnd {
            guard let number = reader.number(), let letter = reader.peek,
                let rank = Self.units.firstIndex(where: { $0.letter == letter }), rank > lastRank
            else { return nil }
            (reader.position, lastRank) = (reader.position + 1, rank)
            days += number * Self.units[rank].days
            seconds += Int64(number) * Self.units[rank].seconds
        }
        guard days <= Self.most.days, seconds <= Self.most.seconds else { return nil }
        self.init(days: days, seconds: seconds)
    }

    /// As elapsed time, a day taken as 24 hours.
    public var elapsed: Duration { .seconds(Int64(days) * CivilMath.secondsPerDay + seconds) }

    private static let units: [(letter: UInt8, days: Int, seconds: Int64)] = [
        (UInt8(ascii: "w"), 7, 0), (UInt8(ascii: "d"), 1, 0),
        (UInt8(ascii: "h"), 0, 3600), (UInt8(ascii: "m"), 0, 60), (UInt8(ascii: "s"), 0, 1),
    ]
}

extension Span: CustomStringConvertible {
    /// The canonical form: days, hours, minutes and seconds, what is zero left out, and `0s` for nothing at all.
    public var description: String {
        let parts: [(Int64, String)] = [
            (Int64(days), "d"), (seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        let text = parts.filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "0s" : text
    }
}

extension Span: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.text(Self.init(_:), "a span such as 1h30m") }
    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: description) }
}
