/// How the runs of one occurrence follow each other.
public struct Rollout: Codable, Hashable, Sendable {
    /// So many of them are at work at once; nil is all.
    public var atOnce: Amount?
    /// A label: two assets of a client that share its value are never worked on at once, by whatever job keeps them apart.
    public var apart: String?

    public init(atOnce: Amount? = nil, apart: String? = nil) {
        self.atOnce = atOnce
        self.apart = apart
    }
}

/// A number, or a share of a set: `10`, `10%`.
public enum Amount: Hashable, Sendable {
    case number(Int)
    /// Of a hundred.
    case share(Int)

    public init?(_ text: some StringProtocol) {
        if text.hasSuffix("%"), let share = Int(text.dropLast()), (1...100).contains(share) {
            self = .share(share)
        } else if let number = Int(text), (1...1_000_000).contains(number) {
            self = .number(number)
        } else {
            return nil
        }
    }

    /// How many of so many: a share is rounded up, and at least 1.
    public func count(of all: Int) -> Int {
        switch self {
        case .number(let number): number
        case .share(let share): max(1, (all * share + 99) / 100)
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
        self = try decoder.text({ Amount($0) }, "a number or a share such as 10%")
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
