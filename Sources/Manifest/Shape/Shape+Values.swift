import Model
import Recurrence

extension Shape {
    /// A scalar of a form of its own, given back by `show` just as `parse` reads it.
    static func scalar(
        _ expected: String, hint: String, schema: Json, parse: @escaping @Sendable (String) -> Value?,
        show: @escaping @Sendable (Value) -> String
    ) -> Shape {
        Shape(
            expected: expected, schema: schema,
            read: { cursor in
                if case .scalar(let scalar) = cursor.node.content, let value = parse(scalar.text) { return value }
                cursor.refuse(expected: expected, hint: hint)
                return nil
            },
            write: { .word(show($0)) })
    }
}

extension Shape where Value == Int {
    static func integer(_ range: ClosedRange<Int>, suchAs example: Int) -> Shape {
        scalar(
            "a whole number from \(range.lowerBound) to \(range.upperBound)", hint: "such as \(example)",
            schema: .object([
                "type": .text("integer"), "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]),
            parse: { text in
                // Decimal digits alone: no octal, no sign, no underscores.
                guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
                    text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0"), let number = Int(text),
                    range.contains(number)
                else { return nil }
                return number
            },
            show: { String($0) })
    }
}

extension Shape where Value == Double {
    static func number(_ range: ClosedRange<Int>) -> Shape {
        scalar(
            "a number from \(range.lowerBound) to \(range.upperBound)", hint: "such as 2 or 1.5",
            schema: .object([
                "type": .text("number"), "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]),
            parse: { text in
                let digits = text.utf8.filter { (48...57).contains($0) }.count
                let points = text.utf8.filter { $0 == UInt8(ascii: ".") }.count
                guard (1...15).contains(text.utf8.count), digits + points == text.utf8.count, points <= 1,
                    text.utf8.first != UInt8(ascii: "."), text.utf8.last != UInt8(ascii: "."),
                    let number = Double(text), Double(range.lowerBound) <= number, number <= Double(range.upperBound)
                else { return nil }
                return number
            },
            show: { $0 == $0.rounded() ? String(Int($0)) : String($0) })
    }
}

extension Shape where Value == Bool {
    static var yesOrNo: Shape {
        scalar(
            "true or false", hint: "write true or false", schema: .object(["type": .text("boolean")]),
            parse: { ["true": true, "false": false][$0] }, show: { $0 ? "true" : "false" })
    }
}

extension Shape where Value == Amount {
    /// - Parameter least: the smallest number; a share is at least 1 %.
    static func amount(least: Int = 1) -> Shape {
        scalar(
            "a number or a share", hint: "such as 10 or 10%",
            schema: .object([
                "anyOf": .list([
                    .object(["type": .text("integer"), "minimum": .integer(least), "maximum": .integer(1_000_000)]),
                    .object(["type": .text("string"), "pattern": .text("^([1-9][0-9]?|100)%$")]),
                ])
            ]),
            parse: { Amount($0, least: least) }, show: { $0.description })
    }
}

extension Shape where Value == Span {
    /// Ten years, which no span of a manifest exceeds.
    static var tenYears: Span { Span(days: 3650) }

    static func span(from least: Span, to most: Span = tenYears) -> Shape {
        let bounds = most == tenYears ? "\(least) to 10 years" : "\(least) to \(most)"
        return scalar(
            "a span from \(bounds)", hint: "write it like 45s, 30m, 3h, 1h30m, 5d or 2w",
            schema: .object([
                "type": .text("string"), "pattern": .text("^([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$"),
                "minLength": .integer(2),
            ]),
            parse: { text in
                guard let span = Span(text), span.elapsed >= least.elapsed, span.elapsed <= most.elapsed else {
                    return nil
                }
                return span
            },
            show: { $0.description })
    }
}

extension Shape where Value == Age {
    static let age = scalar(
        "an age from 1d to 100y", hint: "write it like 5y, 90d or 2w",
        schema: .object(["type": .text("string"), "pattern": .text("^([0-9]+y|([0-9]+w)?([0-9]+d)?)$")]),
        parse: { Age($0) }, show: { $0.description })
}

extension Shape where Value == BusinessDayMove {
    static let businessDay = scalar(
        "a move to a business day",
        hint: "write 'on or before', 'on or after', or up to 250 days such as '2 before' and '3 after'",
        schema: .object(["type": .text("string"), "pattern": .text("^(on or|[1-9][0-9]*) (before|after)$")]),
        parse: { BusinessDayMove($0) }, show: { $0.description })
}

extension Shape where Value == CivilDate {
    static let date = scalar(
        "a date that exists", hint: "write it like 2026-12-25",
        schema: .object(["type": .text("string"), "pattern": .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]),
        parse: { CivilDate($0) }, show: { $0.description })
}

extension Shape where Value == LocalTime {
    static let localTime = scalar(
        "a local time that exists", hint: "write it like 2026-01-13T02:00",
        schema: .object([
            "type": .text("string"),
            "pattern": .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"),
        ]),
        parse: { LocalTime($0) }, show: { $0.description })
}
