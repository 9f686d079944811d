/// Numbers, lists and ranges as an English sentence has them.
enum English {
    private static let small = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    private static let places = [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ]
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `two`, `13`
    static func number(_ value: Int) -> String { small.indices.contains(value) ? small[value] : String(value) }

    /// `two days`, `one hour`
    static func count(_ value: Int, _ unit: String) -> String {
        "\(number(value)) \(unit)\(value == 1 ? "" : "s")"
    }

    /// `second`, `21st`; counted from the end where negative: `last`, `second to last`.
    static func place(_ value: Int) -> String {
        if value < 0 { return value == -1 ? "last" : "\(place(-value)) to last" }
        return places.indices.contains(value) ? places[value] : ordinal(value)
    }

    /// `1st`, `22nd`, `13th`
    static func ordinal(_ value: Int) -> String {
        let teen = (11...13).contains(value % 100)
        let ending = teen ? "th" : [1: "st", 2: "nd", 3: "rd"][value % 10] ?? "th"
        return "\(value)\(ending)"
    }

    /// `a, b and c`
    static func list(_ items: [String], _ last: String = "and") -> String {
        guard items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(last) " + items[items.count - 1]
    }

    /// Sorted values as a list in which three and more that follow each other are a range: `1, 3 and 5 to 8`.
    static func ranges(_ values: [Int], _ name: (Int) -> String) -> String {
        var (items, start) = ([String](), 0)
        while start < values.count {
            var end = start
            while end + 1 < values.count, values[end + 1] == values[end] + 1 { end += 1 }
            if end - start >= 2 {
                items.append("\(name(values[start])) to \(name(values[end]))")
            } else {
                items += values[start...end].map(name)
            }
            start = end + 1
        }
        return list(items)
    }

    static func bits(_ set: some FixedWidthInteger) -> [Int] {
        (0..<set.bitWidth).filter { set >> $0 & 1 != 0 }
    }

    /// `every day`, `every second day`, `every 13 days`
    static func every(_ interval: Int, _ unit: String) -> String {
        switch interval {
        case 1: "every \(unit)"
        case 2: "every second \(unit)"
        default: "every \(number(interval)) \(unit)s"
        }
    }

    /// `of every month`, `of every third month`
    static func of(_ interval: Int, _ unit: String) -> String {
        interval == 1 ? "of every \(unit)" : "of every \(place(interval)) \(unit)"
    }

    static func weekdays(_ bits: UInt8) -> String {
        switch bits {
        case 0x7f: "any day"
        // The weekend lies across the end of the week.
        default: ranges(Self.bits(bits)) { Weekday(bit: $0).name }
        }
    }
}

extension Span {
    /// `three hours`, `one hour and 30 minutes`, `five days`
    public var inWords: String {
        let parts: [(Int, String)] = [
            (days, "day"), (Int(seconds / 3600), "hour"), (Int(seconds / 60 % 60), "minute"),
            (Int(seconds % 60), "second"),
        ]
        let words = parts.filter { $0.0 != 0 }.map { English.count($0.0, $0.1) }
        return words.isEmpty ? "no time" : English.list(words)
    }
}
