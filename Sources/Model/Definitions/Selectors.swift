import Recurrence

/// Which clients a job is for.
public enum ClientSelector: Codable, Hashable, Sendable {
    case all
    case named([String])
    case labels([String: String])

    /// Whether a client is meant.
    public func matches(_ client: Client) -> Bool {
        switch self {
        case .all: true
        case .named(let names): names.contains(client.name)
        case .labels(let wanted): wanted.isSubset(of: client.labels)
        }
    }
}

/// Which of a client's assets a job works on: all that is set must match.
public struct TargetSelector: Codable, Hashable, Sendable {
    /// Kinds, of which one must be the asset's; empty is any.
    public var kinds: [String]
    public var labels: [String: String]
    /// What must hold besides; nil is nothing.
    public var condition: Selector?

    public init(kinds: [String] = [], labels: [String: String] = [:], condition: Selector? = nil) {
        self.kinds = kinds
        self.labels = labels
        self.condition = condition
    }

    /// Whether an asset is meant: of one of the kinds, with all of the labels, and such as the condition wants it.
    ///
    /// - Parameter today: the date at its client: facts age.
    public func matches(_ asset: Asset, on today: CivilDate) -> Bool {
        (kinds.isEmpty || kinds.contains(asset.kind)) && labels.isSubset(of: asset.labels)
            && condition?.matches(asset, on: today) ?? true
    }

    enum CodingKeys: String, CodingKey {
        case kinds = "is"
        case labels
        case condition = "where"
    }
}

extension [String: String] {
    func isSubset(of other: [String: String]) -> Bool {
        allSatisfy { other[$0.key] == $0.value }
    }
}
