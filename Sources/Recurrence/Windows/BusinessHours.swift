/// A client's business hours: spans of the week such as `Mon-Fri 08:00-18:00`.
public struct BusinessHours: Hashable, Sendable {
    /// From a minute of a weekday to a minute counted from the same midnight, which may be the next day's.
    struct Span: Hashable, Sendable {
        /// Bit 0 is Monday.
        var weekdays: UInt8
        var from: Int
        var to: Int
    }

    /// As they were written.
    public let texts: [String]
    let spans: [Span]

    /// Reads days (`Mon`, `Mon-Fri`, `Sat,Sun`, `daily`), a blank, and hours; several such spans add up.
    ///
    /// An end at or before the beginning is the next day's; `24:00` is the end of the day.
    public init(_ texts: [String]) throws(RuleError) {
        self.texts = texts
        var spans: [Span] = []
        for text in texts { spans.append(try Self.read(text)) }
        self.spans = spans
    }

    /// The days on which some of the hours begin.
    public var weekdays: Set<Weekday> {
        let bits = spans.reduce(0) { $0 | $1.weekdays }
        return Set(Weekday.allCases.filter { bits >> UInt8($0.bit) & 1 != 0 })
    }

    private static func read(_ text: String) throws(RuleError) -> Span {
        let halves = text.split(separator: " ", omittingEmptySubsequences: true)
        let hint = "write 'Mon-Fri 08:00-18:00', for instance"
        guard halves.count == 2 else {
            throw RuleError("'\(printable(text))' is not a span of business hours", hint: hint)
        }
        let weekdays = try weekdays(halves[0])
        let ends = halves[1].split(separator: "-", omittingEmptySubsequences: false)
        let offset = text.utf8.count - halves[1].utf8.count
        guard ends.count == 2, let from = minute(ends[0], most: 1439), let to = minute(ends[1], most: 1440) else {
            throw RuleError("'\(printable(halves[1]))' are not hours", hint: hint, offset: offset)
        }
        guard to > from || to > 0 || from > 0 else {
            throw RuleError(
                "'\(printable(halves[1]))' is no time at all", hint: "the whole day is 00:00-24:00", offset: offset)
        }
        return Span(weekdays: weekdays, from: from, to: to > from ? to : to + 1440)
    }

    private static func weekdays(_ text: Substring) throws(RuleError) -> UInt8 {
        if text.lowercased() == "daily" { return 0x7f }
        var (bits, offset) = (UInt8(0), 0)
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = item.split(separator: "-", omittingEmptySubsequences: false)
            guard let first = weekday(ends[0]), let last = weekday(ends[ends.count - 1]), ends.count <= 2 else {
                let near = EditDistance.nearest(
                    to: String(item), in: Weekday.allCases.map { String($0.name.prefix(3)) })
                throw RuleError(
                    "'\(printable(item))' is not a day of the week",
                    hint: near.map { "did you mean '\($0)'?" } ?? "write Mon, Tue, Wed, Thu, Fri, Sat or Sun",
                    offset: offset)
            }
            for step in 0...CivilMath.modulo(last.bit - first.bit, 7) { bits |= 1 << UInt8((first.bit + step) % 7) }
            offset += item.utf8.count + 1
        }
        return bits
    }

    /// `Mon`, or in full.
    private static func weekday(_ text: Substring) -> Weekday? {
        let lower = text.lowercased()
        return Weekday.allCases.first { $0.name.lowercased() == lower || $0.name.prefix(3).lowercased() == lower }
    }

    private static func minute(_ text: Substring, most: Int) -> Int? {
        var reader = ByteReader(text)
        guard let hour = reader.number(digits: 2), reader.take(UInt8(ascii: ":")),
            let minute = reader.number(digits: 2), minute < 60, reader.isAtEnd, hour * 60 + minute <= most
        else { return nil }
        return hour * 60 + minute
    }
}
