/// Reads the text of a recurrence rule, part by part, and then looks whether the parts go together.
struct RuleParser {
    private let text: String
    private var rule = RecurrenceRule(frequency: .yearly)
    private var seen: Set<String> = []
    private var offsets: [String: Int] = [:]

    static let mostBytes = 4096
    static let mostCount = 100_000
    static let names = [
        "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY",
        "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST", "RSCALE", "SKIP",
    ]

    init(_ text: String) { self.text = text }

    mutating func parse() throws(RuleError) -> RecurrenceRule {
        guard text.utf8.count <= Self.mostBytes else {
            throw RuleError("a recurrence rule has at most \(Self.mostBytes) bytes")
        }
        let bytes = Array(text.utf8)
        var start = text.uppercased().hasPrefix("RRULE:") ? 6 : 0
        guard bytes.count > start else {
            throw RuleError("the rule is empty", hint: "write 'FREQ=DAILY', for instance")
        }
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
            try part(String(decoding: bytes[start..<end], as: UTF8.self), start)
            start = end + 1
        }
        guard seen.contains("FREQ") else {
            throw RuleError("the rule has no FREQ", hint: "begin it with 'FREQ=DAILY', for instance")
        }
        try RuleConflicts(rule, offsets).check()
        return rule
    }

    private mutating func part(_ part: String, _ offset: Int) throws(RuleError) {
        let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = halves[0].uppercased()
        guard Self.names.contains(name) else {
            let near = EditDistance.nearest(to: name, in: Self.names)
            let hint = part.isEmpty ? "take the extra ';' away" : near.map { "did you mean '\($0)'?" }
            throw RuleError(
                part.isEmpty ? "the rule has an empty part" : "unknown part '\(printable(halves[0]))'",
                hint: hint ?? "the parts are " + Self.names.joined(separator: ", "), offset: offset)
        }
        guard seen.insert(name).inserted else {
            throw RuleError("\(name) stands twice", hint: "put all its values into one part", offset: offset)
        }
        offsets[name] = offset
        guard halves.count == 2, !halves[1].isEmpty else {
            throw RuleError("\(name) has no value", hint: "write '\(name)=…'", offset: offset)
        }
        let value = RuleValue(name: name, text: halves[1].uppercased(), offset: offset + halves[0].utf8.count + 1)
        try set(name, value)
    }

    private mutating func set(_ name: String, _ value: RuleValue) throws(RuleError) {
        switch name {
        case "FREQ": rule.frequency = try value.word(RecurrenceRule.Frequency.allCases.map { ($0.code, $0) })
        case "INTERVAL": rule.interval = try value.number(1...999_999)
        case "COUNT": rule.count = try value.number(1...Self.mostCount)
        case "UNTIL": rule.until = try value.until()
        // Without leap seconds, second 60 is 59 (RFC 5545 section 3.3.12).
        case "BYSECOND":
            let seconds = try value.numbers(0...60)
            rule.bySecond = Set(seconds.map { min($0, 59) }).sorted()
        case "BYMINUTE": rule.byMinute = try value.numbers(0...59)
        case "BYHOUR": rule.byHour = try value.numbers(0...23)
        case "BYDAY": rule.byDay = try value.days()
        case "BYMONTHDAY": rule.byMonthDay = try value.numbers(1...31, signed: true)
        case "BYYEARDAY": rule.byYearDay = try value.numbers(1...366, signed: true)
        case "BYWEEKNO": rule.byWeekNumber = try value.numbers(1...53, signed: true)
        case "BYMONTH": rule.byMonth = try value.numbers(1...12)
        case "BYSETPOS": rule.bySetPosition = try value.numbers(1...366, signed: true)
        case "WKST": rule.weekStart = try value.word(Weekday.allCases.map { ($0.code, $0) })
        case "SKIP": rule.skip = try value.word([("OMIT", .omit), ("BACKWARD", .backward), ("FORWARD", .forward)])
        default: _ = try value.word([("GREGORIAN", true), ("GREGORY", true)])
        }
    }
}
