/// One term of a field, between commas: `*`, `5`, `MON-FRI`, `*/15`, `10-40/5`, and the letters of the day fields.
struct CronTerm {
    private let field: CronField
    private let text: String
    /// Where it stands in the whole text.
    private let offset: Int

    init(_ field: CronField, _ bytes: [UInt8], _ range: Range<Int>, _ leading: Int) {
        self.field = field
        text = String(decoding: bytes[range], as: UTF8.self)
        offset = leading + range.lowerBound
    }

    /// The numbers that the term names, as bits.
    func numbers() throws(RuleError) -> UInt64 {
        guard !text.isEmpty else {
            throw error("the \(field.name) field has an empty term", "take the comma away, or write a number")
        }
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return bits(try range(halves[0], stepped: false), step: 1) }
        guard let step = plain(halves[1]), step > 0, step <= 99 else {
            throw error("'\(printable(halves[1]))' is not a step", "a step is a number from 1, as in '*/15'")
        }
        return bits(try range(halves[0], stepped: true), step: step)
    }

    func add(to days: inout CronFields.DayOfMonth) throws(RuleError) {
        let upper = text.uppercased()
        if upper == "L" {
            days.beforeLast |= 1
        } else if upper == "LW" || upper == "WL" {
            days.lastWeekday = true
        } else if upper.hasPrefix("L-") {
            guard let count = plain(text.dropFirst(2)), (1...30).contains(count) else {
                throw error("'\(printable(text))' counts from the month's end", "write L-1 to L-30")
            }
            days.beforeLast |= 1 << UInt32(count)
        } else if upper.hasSuffix("W"), upper.count > 1 {
            days.nearestWeekday |= 1 << UInt32(try number(text.dropLast()))
        } else {
            days.days |= UInt32(truncatingIfNeeded: try numbers())
        }
    }

    func add(to days: inout CronFields.DayOfWeek) throws(RuleError) {
        if let hash = text.firstIndex(of: "#") {
            let weekday = try number(text[..<hash])
            guard let nth = plain(text[text.index(after: hash)...]), (1...5).contains(nth) else {
                throw error("'\(printable(text))' names no week", "after '#' stands 1 to 5, as in 'TUE#2'")
            }
            if days.nth.isEmpty { days.nth = [0, 0, 0, 0, 0] }
            days.nth[nth - 1] |= weekdays(1 << UInt64(weekday))
        } else if text.count > 1, text.uppercased().hasSuffix("L") {
            days.last |= weekdays(1 << UInt64(try number(text.dropLast())))
        } else if text.uppercased() == "L" {
            throw error("'L' names no day of the week", "the last Friday of the month is '5L'")
        } else {
            days.days |= weekdays(try numbers())
        }
    }

    /// 0 and 7 are both Sunday; bit 0 becomes Monday.
    private func weekdays(_ bits: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: bits >> 1 & 0x3f | (bits | bits >> 7) << 6 & 0x40)
    }

    private func bits(_ range: ClosedRange<Int>, step: Int) -> UInt64 {
        var result: UInt64 = 0
        for value in stride(from: range.lowerBound, through: range.upperBound, by: step) {
            result |= 1 << UInt64(value)
        }
        return result
    }

    private func range(_ part: Substring, stepped: Bool) throws(RuleError) -> ClosedRange<Int> {
        if part == "*" { return field.bounds }
        if part == "?" {
            guard field == .dayOfMonth || field == .dayOfWeek else {
                throw error("'?' stands only for a day of the month or week", "write '*'")
            }
            return field.bounds
        }
        let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let start = try number(ends[0])
        // `5/15` is from 5 on to the end.
        guard ends.count == 2 else { return start...(stepped ? field.bounds.upperBound : start) }
        var end = try number(ends[1])
        if field == .dayOfWeek, end == 0, start > 0 { end = 7 }
        guard start <= end else {
            throw error(
                "the \(field.name) range '\(printable(part))' runs backwards",
                "write two ranges with a comma: '\(start)-\(field.bounds.upperBound),\(field.bounds.lowerBound)-\(end)'"
            )
        }
        return start...end
    }

    private func number(_ part: some StringProtocol) throws(RuleError) -> Int {
        if let index = field.names.firstIndex(of: part.uppercased()) { return index + field.bounds.lowerBound }
        guard let value = plain(part) else {
            let near = EditDistance.nearest(to: String(part), in: field.names)
            throw error(
                "'\(printable(part))' is not \(field == .hour ? "an" : "a") \(field.name)",
                near.map { "did you mean '\($0)'?" } ?? "write a number from \(Self.words(field.bounds))")
        }
        guard field.bounds.contains(value) else {
            throw error("\(field.name) \(value) is out of range", "it goes from \(Self.words(field.bounds))")
        }
        return value
    }

    private static func words(_ bounds: ClosedRange<Int>) -> String { "\(bounds.lowerBound) to \(bounds.upperBound)" }

    /// Digits and nothing else.
    private func plain(_ part: some StringProtocol) -> Int? {
        var reader = ByteReader(part)
        guard let value = reader.number(), reader.isAtEnd else { return nil }
        return value
    }

    private func error(_ message: String, _ hint: String) -> RuleError {
        RuleError(message, hint: hint, offset: offset)
    }
}
