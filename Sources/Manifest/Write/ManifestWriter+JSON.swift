import Model

extension ManifestWriter {
    /// The definition as one JSON object in the shape of its manifest, which is also YAML. What stands for what was
    /// left out is in it too, so that a reader need not know it.
    public static func json(_ definition: Definition) -> String {
        json(DocumentKind.tree(of: definition, withStandards: true))
    }

    private static func json(_ tree: Tree) -> String {
        switch tree {
        case .word(let word): isNumberOrTruth(word) ? word : Json.quoted(word)
        case .text(let text): Json.quoted(text)
        case .list(let items): "[" + items.map(json).joined(separator: ",") + "]"
        case .map(let pairs):
            "{" + pairs.map { "\(Json.quoted($0.key)):\(json($0.value))" }.joined(separator: ",") + "}"
        }
    }

    /// Words are also dates, spans and keywords, for which JSON has only texts.
    private static func isNumberOrTruth(_ word: String) -> Bool {
        if word == "true" || word == "false" { return true }
        return Double(word) != nil && word.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    }
}
