import Recurrence

/// Chooses assets by what is known of them: `os=linux, ring!=canary, purchased before 5y`. All terms must hold.
///
/// What is not known, or cannot be compared, matches no comparison, and is no error: facts come from other inventories.
public struct Selector: Hashable, Sendable {
    /// At least one.
    public var terms: [SelectorTerm]

    /// - Parameter terms: at least one.
    public init(_ terms: [SelectorTerm]) { self.terms = terms }

    /// Reads what a person wrote, of at most 4000 bytes.
    ///
    /// - Throws: what is wrong, with the byte at which it is and how to mend it.
    public init(parsing text: String) throws(RuleError) {
        var parser = try SelectorParser(text)
        self.init(try parser.terms())
    }

    /// Whether the asset is meant.
    ///
    /// - Parameter today: the date at its client: facts age.
    public func matches(_ asset: Asset, on today: CivilDate) -> Bool {
        terms.allSatisfy { $0.matches(asset, on: today) }
    }
}

extension Selector: CustomStringConvertible {
    /// As it is written, and read as the same again.
    public var description: String { terms.map(\.description).joined(separator: ", ") }
}

extension Selector: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        try self.init(parsing: text)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
