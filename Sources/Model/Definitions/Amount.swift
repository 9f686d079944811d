/// A number, or a share of a set: `10`, `10%`.
public enum Amount: Hashable, Sendable {
    case number(Int)
    /// Of a hundred.
    case share(Int)

    /// - Parameter least: the smallest number that is taken; a share is 1 … 100.
    public init?(_ text: some StringProtocol, least: Int = 1) {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "%") }) else { return nil }
        if text.hasSuffix("%"), let share = Int(text.dropLast()), (1...100).contains(share) {
            self = .share(share)
        } else if let number = Int(text), (least...1_000_000).contains(number) {
            self = .number(number)
        } else {
            return nil
        }
    }

    /// How many of so many may go: a share is rounded up, and at least 1.
    public func count(of all: Int) -> Int {
        switch self {
        case .number(let number): number
        case .share(let share): max(1, (all * share + 99) / 100)
        }
    }

    /// How many of so many are borne: a share is rounded down, to 0 too.
    public func bearable(of all: Int) -> Int {
        switch self {
        case .number(let number): number
        case .share(let share): all * share / 100
        }
    }
}

extension Amount: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .share(let share): "\(share)%"
        }
    }
}

extension Amount: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.text({ Amount($0, least: 0) }, "a number or a share such as 10%")
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
