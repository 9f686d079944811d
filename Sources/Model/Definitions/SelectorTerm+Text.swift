extension SelectorTerm: CustomStringConvertible {
    /// As it is written.
    public var description: String {
        switch test {
        case .exists: return prefixed
        case .isAbsent: return "!\(prefixed)"
        case .isOneOf(let texts):
            if texts.count == 1 { return "\(prefixed)=\(SelectorWords.written(texts[0]))" }
            return "\(prefixed) in (\(Self.list(texts)))"
        case .isNoneOf(let texts):
            if texts.count == 1 { return "\(prefixed)!=\(SelectorWords.written(texts[0]))" }
            return "\(prefixed) notin (\(Self.list(texts)))"
        case .compares(let comparison, let bound): return "\(compared) \(Self.word(comparison, bound)) \(bound)"
        }
    }

    private static func list(_ texts: [String]) -> String {
        texts.map(SelectorWords.written).joined(separator: ", ")
    }

    /// `before 5y`, `after today`, `within 60d`, but `< 16`.
    private static func word(_ comparison: Comparison, _ bound: SelectorBound) -> String {
        switch (comparison, bound) {
        case (_, .ahead): "within"
        case (_, .number): comparison.rawValue
        case (.less, _): "before"
        case (.more, _): "after"
        default: comparison.rawValue
        }
    }

    /// The subject where a word alone is a label.
    private var prefixed: String {
        switch subject {
        case .field(let field): field.rawValue
        case .label(let key): Self.isPlain(key) ? key : "label.\(key)"
        case .fact(let key): "fact.\(key)"
        }
    }

    /// The subject where a word alone is a fact.
    private var compared: String {
        switch subject {
        case .field(let field): field.rawValue
        case .label(let key): "label.\(key)"
        case .fact(let key): Self.isPlain(key) ? key : "fact.\(key)"
        }
    }

    /// Whether the key is not taken for something else.
    private static func isPlain(_ key: String) -> Bool {
        Field(rawValue: key) == nil && !key.hasPrefix("label.") && !key.hasPrefix("fact.")
    }
}
