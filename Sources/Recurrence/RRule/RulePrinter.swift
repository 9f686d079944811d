extension RecurrenceRule: CustomStringConvertible {
    /// The canonical form: parts in RFC 5545's order, defaults left out, lists sorted. Reading it gives an equal rule.
    public var description: String {
        var parts: [String] = []
        // RFC 7529 section 4.1: SKIP needs RSCALE.
        if skip != .omit { parts.append("RSCALE=GREGORIAN") }
        parts.append("FREQ=\(frequency.code)")
        if let until { parts.append("UNTIL=\(until.text)") }
        if let count { parts.append("COUNT=\(count)") }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        let lists: [(String, [Int])] = [
            ("BYSECOND", bySecond), ("BYMINUTE", byMinute), ("BYHOUR", byHour),
        ]
        let days: [(String, [Int])] = [
            ("BYMONTHDAY", byMonthDay), ("BYYEARDAY", byYearDay), ("BYWEEKNO", byWeekNumber), ("BYMONTH", byMonth),
            ("BYSETPOS", bySetPosition),
        ]
        parts += lists.compactMap(Self.part)
        if !byDay.isEmpty {
            parts.append("BYDAY=" + byDay.map { ($0.n == 0 ? "" : "\($0.n)") + $0.weekday.code }.joined(separator: ","))
        }
        parts += days.compactMap(Self.part)
        if weekStart != .monday { parts.append("WKST=\(weekStart.code)") }
        if skip != .omit { parts.append(skip == .backward ? "SKIP=BACKWARD" : "SKIP=FORWARD") }
        return parts.joined(separator: ";")
    }

    private static func part(_ name: String, _ values: [Int]) -> String? {
        values.isEmpty ? nil : "\(name)=" + values.map { "\($0)" }.joined(separator: ",")
    }
}

extension RecurrenceRule.Frequency {
    var code: String {
        switch self {
        case .yearly: "YEARLY"
        case .monthly: "MONTHLY"
        case .weekly: "WEEKLY"
        case .daily: "DAILY"
        case .hourly: "HOURLY"
        case .minutely: "MINUTELY"
        case .secondly: "SECONDLY"
        }
    }
}

extension RecurrenceRule.Until {
    /// As RFC 5545 writes it: `20261231`, `20261231T020000`, `20261231T020000Z`.
    var text: String {
        switch self {
        case .date(let date): String(date.description.filter { $0 != "-" })
        case .local(let local): String(local.description.filter { $0 != "-" && $0 != ":" })
        case .utc(let instant): String(instant.description.filter { $0 != "-" && $0 != ":" })
        }
    }
}
