/// The value of one part of a recurrence rule, in upper case, with its place in the text.
struct RuleValue {
    let name: String
    let text: String
    let offset: Int

    func word<Value>(_ words: [(String, Value)]) throws(RuleError) -> Value {
        if let found = words.first(where: { $0.0 == text }) { return found.1 }
        let names = words.map(\.0)
        let near = EditDistance.nearest(to: text, in: names)
        throw error(
            "\(name) is not '\(printable(text))'",
            near.map { "did you mean '\($0)'?" } ?? "it is one of " + names.joined(separator: ", "))
    }

    func number(_ bounds: ClosedRange<Int>) throws(RuleError) -> Int {
        var reader = ByteReader(text)
        guard let value = reader.number(), reader.isAtEnd, bounds.contains(value) else {
            throw error(
                "\(name) is not '\(printable(text))'",
                "it is a number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return value
    }

    /// A list, sorted, without repetitions. `signed` ones may count from the end.
    func numbers(_ bounds: ClosedRange<Int>, signed: Bool = false) throws(RuleError) -> [Int] {
        var (values, start) = (Set<Int>(), offset)
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            var reader = ByteReader(item)
            let sign = sign(&reader, signed)
            guard let value = reader.number(), reader.isAtEnd, bounds.contains(value) else {
                let range = "\(bounds.lowerBound) to \(bounds.upperBound)"
                throw RuleError(
                    "\(name) has no '\(printable(item))'",
                    hint: "its values go from \(range)" + (signed ? ", or from -\(bounds.upperBound) to -1" : ""),
                    offset: start)
            }
            values.insert(sign * value)
            start += item.utf8.count + 1
        }
        return values.sorted()
    }

    func days() throws(RuleError) -> [RecurrenceRule.Day] {
        var (days, start) = (Set<RecurrenceRule.Day>(), offset)
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            var reader = ByteReader(item.dropLast(2))
            var n: Int? = 0
            if !reader.isAtEnd {
                let sign = sign(&reader, true)
                n = reader.number().map { sign * $0 }
            }
            guard let n, reader.isAtEnd, abs(n) <= 53, n != 0 || item.count == 2,
                let weekday = Weekday.allCases.first(where: { $0.code == item.suffix(2) })
            else {
                throw RuleError(
                    "BYDAY has no '\(printable(item))'",
                    hint: "write MO, TU, WE, TH, FR, SA or SU, with a number before it for the n-th, as in 2TU or -1FR",
                    offset: start)
            }
            days.insert(RecurrenceRule.Day(n: n, weekday: weekday))
            start += item.utf8.count + 1
        }
        return days.sorted()
    }

    /// `20261231`, `20261231T020000`, `20261231T020000Z`
    func until() throws(RuleError) -> RecurrenceRule.Until {
        var reader = ByteReader(text)
        if let year = reader.number(digits: 4), let month = reader.number(digits: 2),
            let day = reader.number(digits: 2),
            let date = CivilDate(year: year, month: month, day: day)
        {
            if reader.isAtEnd { return .date(date) }
            if reader.take(UInt8(ascii: "T")), let hour = reader.number(digits: 2),
                let minute = reader.number(digits: 2), let second = reader.number(digits: 2),
                let local = LocalTime(date: date, hour: hour, minute: minute, second: second)
            {
                if reader.isAtEnd { return .local(local) }
                if reader.take(UInt8(ascii: "Z")), reader.isAtEnd { return .utc(Instant(seconds: local.seconds)) }
            }
        }
        throw error("UNTIL is not '\(printable(text))'", "write 20261231, 20261231T020000 or 20261231T020000Z")
    }

    private func sign(_ reader: inout ByteReader, _ signed: Bool) -> Int {
        if signed, reader.take(UInt8(ascii: "-")) { return -1 }
        if signed { _ = reader.take(UInt8(ascii: "+")) }
        return 1
    }

    private func error(_ message: String, _ hint: String) -> RuleError {
        RuleError(message, hint: hint, offset: offset)
    }
}
