/// What other rooms use says what it is: every public type and function. A property's or an init's name and type often
/// say it already (`public let year: Int`), and what a documented protocol asks for is documented there.
enum Documentation {
    static let rooms: Set<String> = ["Postgres", "Recurrence", "Model", "Store"]
    private static let kinds: Set<String> = ["func", "struct", "enum", "class", "actor", "protocol"]
    /// What may stand between `public` and the kind; anything else is a declaration that needs no words, or none.
    private static let modifiers: Set<String> = [
        "static", "final", "mutating", "nonmutating", "consuming", "borrowing", "nonisolated", "indirect", "override",
        "distributed", "(", "unsafe", "sending", ")",
    ]
    /// What protocols of the language ask for.
    private static let wellKnown: Set<String> = [
        "hash", "encode", "next", "makeAsyncIterator", "makeIterator", "Iterator", "AsyncIterator",
    ]

    /// - Parameter witnesses: the names that protocols of these rooms ask for.
    static func faults(in file: SwiftFile, witnesses: Set<String> = []) -> [Fault] {
        guard let room = file.room, rooms.contains(room) else { return [] }
        let tokens = file.tokens
        return tokens.indices.compactMap { index -> Fault? in
            guard tokens[index].isWord("public") || tokens[index].isWord("open"),
                let (kind, name) = declared(in: tokens, from: index),
                // Operators are as well known as their signs.
                name.first?.isLetter == true || name.hasPrefix("_") || name.hasPrefix("`"),
                !wellKnown.contains(name), !witnesses.contains(name), !isDocumented(tokens, index)
            else { return nil }
            return file.fault(
                tokens[index].line, "the public \(kind) '\(name)' is not documented",
                "say above it in a line what it is, then units, bounds, default and errors")
        }
    }

    /// The names of what the protocols in some files ask for.
    static func witnesses(in files: [SwiftFile]) -> Set<String> {
        var names: Set<String> = []
        for code in files.map(\.code) {
            for start in code.indices where code[start].isWord("protocol") {
                var depth = 0
                for at in start..<code.count {
                    if code[at].isMark("{") { depth += 1 }
                    if code[at].isMark("}") { depth -= 1 }
                    if depth == 0, code[at].isMark("}") { break }
                    if depth == 1, code[at].isWord("func") { names.insert(code[at + 1].text) }
                }
            }
        }
        return names
    }

    private static func declared(in tokens: [Token], from index: Int) -> (kind: String, name: String)? {
        for at in (index + 1)..<max(index + 1, tokens.count - 1) {
            // `public class func` is a function.
            if kinds.contains(tokens[at].text), !kinds.contains(tokens[at + 1].text) {
                return (tokens[at].text, tokens[at + 1].text)
            }
            guard modifiers.contains(tokens[at].text) || kinds.contains(tokens[at].text) else { return nil }
        }
        return nil
    }

    /// Whether documentation stands above, with nothing but attributes and modifiers between.
    private static func isDocumented(_ tokens: [Token], _ index: Int) -> Bool {
        var at = index - 1
        while at >= 0 {
            if tokens[at].kind == .documentation { return true }
            guard isPartOfAttribute(tokens, at) else { return false }
            at -= 1
        }
        return false
    }

    private static func isPartOfAttribute(_ tokens: [Token], _ at: Int) -> Bool {
        if ["nonisolated", "final", "static", "override", "indirect"].contains(tokens[at].text) { return true }
        let before = tokens[..<at].lastIndex { $0.line != tokens[at].line }
        return tokens[before.map { $0 + 1 } ?? 0].isMark("@")
    }
}
