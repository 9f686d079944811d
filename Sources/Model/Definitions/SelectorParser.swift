import Recurrence

/// Reads the terms of a selector from left to right.
struct SelectorParser {
    private static let most = 4000
    private static let operators = ["in", "notin", "exists", "before", "after", "within"]

    var words: SelectorReader

    init(_ text: String) throws(RuleError) {
        guard text.utf8.count <= Self.most else {
            throw RuleError("a selector is at most \(Self.most) bytes long, not \(text.utf8.count)")
        }
        words = SelectorReader(text)
    }

    mutating func terms() throws(RuleError) -> [SelectorTerm] {
        words.skipSpace()
        guard !words.isAtEnd else {
            throw RuleError("a selector is empty", hint: "write terms such as os=linux, purchased before 5y", offset: 0)
        }
        var terms: [SelectorTerm] = []
        repeat { terms.append(try term()) } while words.take(",")
        guard words.isAtEnd else {
            throw words.fault(
                "there is something after the value", "terms stand apart by commas, and a value with spaces in quotes")
        }
        return terms
    }

    private mutating func term() throws(RuleError) -> SelectorTerm {
        words.skipSpace()
        let isAbsent = words.take("!")
        let start = words.offset
        let key = try words.key()
        words.skipSpace()
        let term = isAbsent ? SelectorTerm(try subject(key, at: start), .isAbsent) : try rest(of: key, at: start)
        words.skipSpace()
        try refuseSenseless(term, at: start)
        return term
    }

    /// What follows the key.
    private mutating func rest(of key: String, at start: Int) throws(RuleError) -> SelectorTerm {
        if words.isAtEnd || words.isAt(",") { return SelectorTerm(try subject(key, at: start), .exists) }
        if words.take("==") || words.take("=") {
            return SelectorTerm(try subject(key, at: start), .isOneOf([try words.value()]))
        }
        if words.take("!=") { return SelectorTerm(try subject(key, at: start), .isNoneOf([try words.value()])) }
        for comparison in [SelectorTerm.Comparison.atMost, .atLeast, .less, .more] where words.take(comparison.rawValue)
        {
            return SelectorTerm(
                try subject(key, at: start, compared: true), .compares(comparison, try bound(comparison)))
        }
        return try named(key, at: start)
    }

    /// What follows the key is a word.
    private mutating func named(_ key: String, at start: Int) throws(RuleError) -> SelectorTerm {
        let place = words.offset
        let word = words.letters()
        switch word {
        case "exists": return SelectorTerm(try subject(key, at: start), .exists)
        case "in": return SelectorTerm(try subject(key, at: start), .isOneOf(try words.list()))
        case "notin": return SelectorTerm(try subject(key, at: start), .isNoneOf(try words.list()))
        case "before", "after":
            let subject = try subject(key, at: start, compared: true)
            return SelectorTerm(subject, .compares(word == "before" ? .less : .more, try day()))
        case "within":
            let subject = try subject(key, at: start, compared: true)
            return SelectorTerm(subject, .compares(.atMost, .ahead(try age())))
        default:
            let near = word == "not" ? "notin" : nearest(word, among: Self.operators)
            throw RuleError(
                word.isEmpty ? "this is no comparison" : "unknown comparison '\(word)'",
                hint: near.map { "did you mean '\($0)'?" }
                    ?? "known are = != < <= > >= \(Self.operators.joined(separator: " "))", offset: place)
        }
    }

    /// A key alone is a field's, or else a label's; where it is compared, a fact's.
    private func subject(
        _ key: String, at start: Int, compared: Bool = false
    ) throws(RuleError) -> SelectorTerm.Subject {
        if let field = SelectorTerm.Field(rawValue: key) {
            guard compared else { return .field(field) }
            throw RuleError("'\(key)' is a word and has no order", hint: "compare it with = != in notin", offset: start)
        }
        let isFact = key.hasPrefix("fact.")
        let isLabel = key.hasPrefix("label.")
        let name = isFact ? key.dropFirst(5) : isLabel ? key.dropFirst(6) : key[...]
        guard let first = name.utf8.first, let last = name.utf8.last, name.utf8.count <= 63,
            SelectorWords.isAlphanumeric(first), SelectorWords.isAlphanumeric(last)
        else {
            throw RuleError(
                "'\(name)' cannot be a key", hint: "use letters, digits and '.', '_', '-', '/' inside, at most 63",
                offset: start)
        }
        return isFact || compared && !isLabel ? .fact(String(name)) : .label(String(name))
    }

    /// What is true or false of every asset, which nobody means.
    private func refuseSenseless(_ term: SelectorTerm, at start: Int) throws(RuleError) {
        guard case .field(let field) = term.subject else { return }
        switch term.test {
        case .exists, .isAbsent:
            let hint = field == .endpoint ? "write endpoint=true or endpoint=false" : "write \(field.rawValue)=…"
            throw RuleError("every asset has '\(field.rawValue)'", hint: hint, offset: start)
        case .isOneOf(let texts), .isNoneOf(let texts):
            guard field == .endpoint, let odd = texts.first(where: { $0 != "true" && $0 != "false" }) else { return }
            throw RuleError("'endpoint' is never '\(odd)'", hint: "it is true or false", offset: start)
        case .compares: return
        }
    }
}
