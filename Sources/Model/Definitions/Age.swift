import Recurrence

/// How old a thing may be: `5y` counts calendar years, anything else is a span (`90d`, `2w`).
public struct Age: Hashable, Sendable, CustomStringConvertible {
    /// Whether calendar or clock counts.
    public enum Unit: Hashable, Sendable {
        case years(Int)
        case span(Span)
    }

    public var unit: Unit

    public init(_ unit: Unit) { self.unit = unit }

    /// Nil where it is neither `Ny` (1 … 100) nor a span of at least a day.
    public init?(_ text: some StringProtocol) {
        if text.hasSuffix("y") {
            let digits = text.dropLast()
            guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let years = Int(digits),
                (1...100).contains(years)
            else { return nil }
            unit = .years(years)
        } else {
            guard let span = Span(text), span.elapsed >= .seconds(86_400) else { return nil }
            unit = .span(span)
        }
    }

    public var description: String {
        switch unit {
        case .years(let years): "\(years)y"
        case .span(let span): span.description
        }
    }

    /// The latest day that is at least this old on `today`. 29 February counts from 28 February.
    public func limit(on today: CivilDate) -> CivilDate {
        switch unit {
        case .years(let years):
            CivilDate(year: today.year - years, month: today.month, day: today.day)
                ?? CivilDate(year: today.year - years, month: today.month, day: 28) ?? today
        case .span(let span): today.adding(days: -Int(span.elapsed.components.seconds / 86_400))
        }
    }

    /// The day on which something of `today` has this age. 29 February counts to 28 February.
    public func limit(after today: CivilDate) -> CivilDate {
        switch unit {
        case .years(let years):
            CivilDate(year: today.year + years, month: today.month, day: today.day)
                ?? CivilDate(year: today.year + years, month: today.month, day: 28) ?? .last
        case .span(let span): today.adding(days: Int(span.elapsed.components.seconds / 86_400))
        }
    }
}

extension Age: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let age = Age(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not an age")
        }
        self = age
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
