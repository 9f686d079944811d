/// Reads the text of a cron expression; everything wrong is told with its place.
struct CronParser {
    let trimmed: String
    private let bytes: [UInt8]
    private let leading: Int

    /// No useful expression is longer.
    static let mostBytes = 1024

    init(_ text: String) {
        let all = Array(text.utf8)
        let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        leading = all.prefix(while: blank).count
        bytes = Array(all.dropFirst(leading).reversed().drop(while: blank).reversed())
        trimmed = String(decoding: bytes, as: UTF8.self)
    }

    mutating func parse() throws(RuleError) -> CronFields {
        guard bytes.count <= Self.mostBytes else {
            throw RuleError("a cron expression has at most \(Self.mostBytes) bytes")
        }
        if bytes.first == UInt8(ascii: "@") { return try nickname() }
        let parts = bytes.indices.split(omittingEmptySubsequences: true) { bytes[$0] == 32 || bytes[$0] == 9 }
        guard parts.count == 5 || parts.count == 6 else {
            throw RuleError(
                "a cron expression has 5 fields, or 6 with seconds first; this has \(parts.count)",
                hint: "minute, hour, day of month, month, day of week: '0 2 * * SUN' is Sundays at 02:00")
        }
        var fields = CronFields()
        let dayFields = parts.suffix(3)
        let (minute, hour) = (parts[parts.count - 5], parts[parts.count - 4])
        fields.hasSeconds = parts.count == 6
        fields.times.seconds = fields.hasSeconds ? UInt64(try numbers(.second, parts[0])) : 1
        fields.times.minutes = try numbers(.minute, minute)
        fields.times.hours = UInt32(try numbers(.hour, hour))
        fields.dayOfMonth = try dayOfMonth(dayFields[dayFields.startIndex])
        fields.months = UInt16(try numbers(.month, dayFields[dayFields.startIndex + 1]))
        fields.dayOfWeek = try dayOfWeek(dayFields[dayFields.startIndex + 2])
        fields.bothDays = startsWithStar(dayFields.first!) || startsWithStar(dayFields.last!)
        fields.isFixed = !startsWithStar(minute) && !startsWithStar(hour)
        return fields
    }

    private func nickname() throws(RuleError) -> CronFields {
        let meanings = [
            "@YEARLY": "0 0 1 1 *", "@ANNUALLY": "0 0 1 1 *", "@MONTHLY": "0 0 1 * *", "@WEEKLY": "0 0 * * 0",
            "@DAILY": "0 0 * * *", "@MIDNIGHT": "0 0 * * *", "@HOURLY": "0 * * * *",
        ]
        let name = trimmed.uppercased()
        if let meaning = meanings[name] {
            var parser = CronParser(meaning)
            return try parser.parse()
        }
        if name == "@REBOOT" {
            throw RuleError("'@reboot' names no time", hint: "write a time, such as '@daily'", offset: leading)
        }
        if name.hasPrefix("@EVERY") {
            throw RuleError(
                "'@every' is no cron expression", hint: "elapsed time is a schedule of its own: 'every: 5m'",
                offset: leading)
        }
        let near = EditDistance.nearest(to: name, in: meanings.keys.sorted())?.lowercased()
        throw RuleError(
            "unknown name '\(printable(trimmed))'",
            hint: near.map { "did you mean '\($0)'?" } ?? "there are @yearly, @monthly, @weekly, @daily and @hourly",
            offset: leading)
    }

    private func startsWithStar(_ part: Range<Int>) -> Bool {
        bytes[part.lowerBound] == UInt8(ascii: "*") || bytes[part.lowerBound] == UInt8(ascii: "?")
    }

    private func numbers(_ kind: CronField, _ part: Range<Int>) throws(RuleError) -> UInt64 {
        var result: UInt64 = 0
        for term in terms(part) { result |= try CronTerm(kind, bytes, term, leading).numbers() }
        return result
    }

    private func dayOfMonth(_ part: Range<Int>) throws(RuleError) -> CronFields.DayOfMonth {
        var result = CronFields.DayOfMonth()
        for term in terms(part) { try CronTerm(.dayOfMonth, bytes, term, leading).add(to: &result) }
        return result
    }

    private func dayOfWeek(_ part: Range<Int>) throws(RuleError) -> CronFields.DayOfWeek {
        var result = CronFields.DayOfWeek()
        for term in terms(part) { try CronTerm(.dayOfWeek, bytes, term, leading).add(to: &result) }
        return result
    }

    private func terms(_ part: Range<Int>) -> [Range<Int>] {
        var (terms, start) = ([Range<Int>](), part.lowerBound)
        for index in part where bytes[index] == UInt8(ascii: ",") {
            terms.append(start..<index)
            start = index + 1
        }
        return terms + [start..<part.upperBound]
    }
}
