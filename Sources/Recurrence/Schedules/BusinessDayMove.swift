/// How a schedule moves the dates that its rule gives to business days.
///
/// `FREQ=MONTHLY;BYMONTHDAY=-1` moved `on or before` is the last business day of each month.
public enum BusinessDayMove: Hashable, Sendable {
    /// `on or after`: that day, or the next business day where it is none.
    case onOrAfter
    /// `on or before`: that day, or the business day before it where it is none.
    case onOrBefore
    /// `2 after`: the second business day after that day, whether that day is one or not. At most 250.
    case after(Int)
    /// `3 before`: the third business day before it. At most 250.
    case before(Int)

    /// Reads the forms above, and nothing else.
    public init?(_ text: some StringProtocol) {
        switch text {
        case "on or after": self = .onOrAfter
        case "on or before": self = .onOrBefore
        default:
            var reader = ByteReader(text)
            guard let count = reader.number(), (1...250).contains(count), reader.take(UInt8(ascii: " ")) else {
                return nil
            }
            switch text.split(separator: " ", omittingEmptySubsequences: false).dropFirst().joined(separator: " ") {
            case "after": self = .after(count)
            case "before": self = .before(count)
            default: return nil
            }
        }
    }

    /// Where a day is moved to; nil where there is no business day within a year.
    func target(_ day: Int, _ business: BusinessDays) -> Int? {
        switch self {
        case .onOrAfter: business.first(from: day, step: 1)
        case .onOrBefore: business.first(from: day, step: -1)
        case .after(let count): business.day(day, moved: count)
        case .before(let count): business.day(day, moved: -count)
        }
    }

    /// The days that are moved to a business day. Targets never run backwards, so that these follow each other.
    func sources(_ target: Int, _ business: BusinessDays) -> ClosedRange<Int>? {
        switch self {
        case .onOrAfter:
            return business.first(from: target - 1, step: -1).map { $0 + 1...target }
        case .onOrBefore:
            return business.first(from: target + 1, step: 1).map { target...$0 - 1 }
        case .after(let count):
            guard let first = business.day(target, moved: -count), let next = business.first(from: first + 1, step: 1)
            else {
                return nil
            }
            return first...next - 1
        case .before(let count):
            guard let last = business.day(target, moved: count), let previous = business.first(from: last - 1, step: -1)
            else { return nil }
            return previous + 1...last
        }
    }
}

extension BusinessDayMove: CustomStringConvertible {
    public var description: String {
        switch self {
        case .onOrAfter: "on or after"
        case .onOrBefore: "on or before"
        case .after(let count): "\(count) after"
        case .before(let count): "\(count) before"
        }
    }
}

extension BusinessDayMove: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.text(Self.init(_:), "a move such as '2 after'") }
    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: description) }
}
