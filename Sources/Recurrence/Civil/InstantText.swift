extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC: `2026-02-15T10:00:00Z`, with a fraction only where there is one, without trailing zeros.
    public var description: String {
        let (day, second) = CivilMath.split(seconds)
        let (year, month, date) = CivilMath.civil(days: day)
        let time = "\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))"
        var fraction = ""
        var rest = Int(microseconds - seconds &* 1_000_000)
        if rest != 0 {
            var places = 6
            while rest % 10 == 0 { (rest, places) = (rest / 10, places - 1) }
            fraction = ".\(digits(rest, places))"
        }
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(date, 2))T\(time)\(fraction)Z"
    }

    /// Reads RFC 3339 with `Z` or a numeric offset, as in `2026-02-15T11:00:00.25+01:00`.
    ///
    /// Of the fraction six digits count and the rest is cut. Second 60 and years outside 1 to 9999 are not read.
    public init?(rfc3339 text: some StringProtocol) {
        var reader = ByteReader(text)
        guard let date = reader.date(), reader.take(UInt8(ascii: "T")) || reader.take(UInt8(ascii: "t")),
            let second = reader.fullTimeOfDay(), let fraction = reader.fraction(), let offset = reader.utcOffset(),
            reader.isAtEnd
        else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * CivilMath.secondsPerDay + Int64(second - offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(fraction))
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.text(Self.init(rfc3339:), "a moment such as 2026-02-15T10:00:00Z")
    }
    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: description) }
}
