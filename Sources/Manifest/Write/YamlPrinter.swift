/// Prints a tree in the manifests' own shape: what fits on a line is in brackets, the rest is indented.
struct YamlPrinter {
    private(set) var text = ""

    private static let lineLength = 100
    /// What holds more levels than this is never put on one line: `action` reads better indented.
    private static let flatDepth = 2

    mutating func add(_ tree: Tree) {
        guard case .map(let pairs) = tree else { return }
        addPairs(pairs, indent: 0, isContinuing: false)
    }

    /// `isContinuing`: the first key goes on in the line of a `- `.
    private mutating func addPairs(_ pairs: [Tree.Pair], indent: Int, isContinuing: Bool) {
        for (index, pair) in pairs.enumerated() {
            if index > 0 || !isContinuing { text += String(repeating: " ", count: indent) }
            let key = YamlScalar.key(pair.key) + ":"
            text += key
            addValue(pair.value, indent: indent, used: indent + key.unicodeScalars.count + 1, isItem: false)
        }
    }

    private mutating func addItems(_ items: [Tree], indent: Int) {
        for item in items {
            text += String(repeating: " ", count: indent) + "-"
            addValue(item, indent: indent, used: indent + 2, isItem: true)
        }
    }

    private mutating func addValue(_ value: Tree, indent: Int, used: Int, isItem: Bool) {
        if let literal = YamlScalar.literal(value, indent: indent + 2) {
            text += " \(literal)\n"
            return
        }
        if case .text(let content) = value {
            text += " \(YamlScalar.inline(content, isInBrackets: false))\n"
            return
        }
        let flat = Self.flat(value)
        if value.depth == 0 || value.isEmpty
            || (value.depth <= Self.flatDepth && used + flat.unicodeScalars.count <= Self.lineLength
                && !value.holdsLines)
        {
            text += " \(flat)\n"
            return
        }
        switch value {
        case .map(let pairs):
            text += isItem ? " " : "\n"
            addPairs(pairs, indent: indent + 2, isContinuing: isItem)
        case .list(let items):
            text += "\n"
            addItems(items, indent: indent + 2)
        case .word, .text: return
        }
    }

    /// In brackets, on one line.
    static func flat(_ tree: Tree) -> String {
        switch tree {
        case .word(let word): word
        case .text(let content): YamlScalar.inline(content, isInBrackets: true)
        case .list(let items): "[" + items.map(flat).joined(separator: ", ") + "]"
        case .map(let pairs):
            "{" + pairs.map { "\(YamlScalar.key($0.key)): \(flat($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}

extension Tree {
    /// Levels of lists and mappings.
    var depth: Int {
        switch self {
        case .word, .text: 0
        case .list(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .map(let pairs): 1 + (pairs.map(\.value.depth).max() ?? 0)
        }
    }

    var isEmpty: Bool {
        switch self {
        case .word, .text: false
        case .list(let items): items.isEmpty
        case .map(let pairs): pairs.isEmpty
        }
    }

    /// Whether there is a text of several lines in it.
    var holdsLines: Bool {
        switch self {
        case .word: false
        case .text(let content): content.contains("\n")
        case .list(let items): items.contains(where: \.holdsLines)
        case .map(let pairs): pairs.contains(where: \.value.holdsLines)
        }
    }
}
