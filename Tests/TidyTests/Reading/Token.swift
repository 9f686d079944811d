/// A piece of Swift source that a rule can look at.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A name, a keyword or a number.
        case word
        /// One character of an operator or a bracket.
        case mark
        /// A literal's text, with `\()` where something is put in; what is put in stands before it as tokens.
        case string
        case comment
        /// A comment that documents what follows it.
        case documentation
    }

    let kind: Kind
    let text: String
    /// Of its first character, from 1.
    let line: Int
    /// Whether nothing stands between it and what is before it: `try?`, and not `try !found`.
    var isGlued = false

    func isMark(_ mark: Character) -> Bool { kind == .mark && text == String(mark) }
    func isWord(_ word: String) -> Bool { kind == .word && text == word }
}
