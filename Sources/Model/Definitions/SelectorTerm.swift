import Recurrence

/// One thing that a selector asks of an asset.
public struct SelectorTerm: Hashable, Sendable {
    /// What is asked about.
    public enum Subject: Hashable, Sendable {
        /// A field that every asset has.
        case field(Field)
        case label(String)
        case fact(String)
    }

    /// The fields by their names in a manifest.
    public enum Field: String, CaseIterable, Sendable {
        case name, client, endpoint
        case kind = "is"
    }

    /// What must hold.
    public enum Test: Hashable, Sendable {
        case exists
        case isAbsent
        /// One of these texts, at least one.
        case isOneOf([String])
        /// None of these texts: also where there is none at all.
        case isNoneOf([String])
        case compares(Comparison, SelectorBound)
    }

    /// In what order the asset's value and the bound must stand. Days grow with time: what is older is less.
    public enum Comparison: String, CaseIterable, Sendable {
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="

        func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .less: left < right
            case .atMost: left <= right
            case .more: left > right
            case .atLeast: left >= right
            }
        }
    }

    public var subject: Subject
    public var test: Test

    public init(_ subject: Subject, _ test: Test) {
        self.subject = subject
        self.test = test
    }

    func matches(_ asset: Asset, on today: CivilDate) -> Bool {
        let text = subject.text(of: asset)
        switch test {
        case .exists: return text != nil
        case .isAbsent: return text == nil
        case .isOneOf(let wanted): return text.map { isOne($0, of: wanted) } ?? false
        case .isNoneOf(let unwanted): return text.map { !isOne($0, of: unwanted) } ?? true
        case .compares(let comparison, let bound):
            return text.map { bound.holds(comparison, for: $0, on: today) } ?? false
        }
    }

    /// Labels and fields are words, facts are values: `16` is `16.0`.
    private func isOne(_ text: String, of wanted: [String]) -> Bool {
        if wanted.contains(text) { return true }
        guard case .fact = subject, let number = FactValue.number(text) else { return false }
        return wanted.contains { FactValue.number($0) == number }
    }
}

extension SelectorTerm.Subject {
    func text(of asset: Asset) -> String? {
        switch self {
        case .field(.name): asset.name
        case .field(.client): asset.client
        case .field(.kind): asset.kind
        case .field(.endpoint): asset.isEndpoint ? "true" : "false"
        case .label(let key): asset.labels[key]
        case .fact(let key): asset.facts[key]
        }
    }
}
