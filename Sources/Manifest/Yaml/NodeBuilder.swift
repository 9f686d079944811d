import Model
import Yams

/// Turns what Yams composed into nodes of our own, under the limits, refusing what manifests do without.
struct NodeBuilder {
    let source: SourceText
    private(set) var problems: [Problem] = []
    private var count = 0

    init(source: SourceText) { self.source = source }

    var isOverLimit: Bool { count > Limits.nodes }

    /// Nil for a document in which nothing is written.
    mutating func document(_ root: Yams.Node) -> Node? {
        let node = node(root, depth: 1)
        if case .scalar(let scalar) = node.content, scalar.isMissing { return nil }
        return node
    }

    private mutating func node(_ yams: Yams.Node, depth: Int) -> Node {
        let position = yams.mark.map(Position.init) ?? .start
        count += 1
        guard count <= Limits.nodes else {
            // Told once, at the first that is too many; everything after it is passed over.
            if count == Limits.nodes + 1 {
                refuse(position, Limits.tooManyNodes, Limits.split)
            }
            return Node(position: position, content: .refused)
        }
        if let scalar = source[position], Disguise.isProperty(scalar) {
            problems.append(SyntaxProblem(source: source).property(at: position))
            return Node(position: position, content: .refused)
        }
        return Node(position: position, content: content(yams, position, depth))
    }

    private mutating func content(_ yams: Yams.Node, _ position: Position, _ depth: Int) -> Node.Content {
        if case .scalar(let scalar) = yams { return .scalar(self.scalar(scalar, at: position)) }
        guard depth <= Limits.depth else {
            refuse(position, "this is nested deeper than 32 levels", "no manifest needs that; look at the brackets")
            return .refused
        }
        switch yams {
        case .sequence(let sequence):
            var items: [Node] = []
            for item in sequence where count <= Limits.nodes { items.append(node(item, depth: depth + 1)) }
            return .list(items)
        case .mapping(let mapping): return entries(mapping, depth).map(Node.Content.map) ?? .refused
        case .scalar, .alias: return .refused
        }
    }

    /// Nil where a key is no word: then nothing about the mapping is what was meant.
    private mutating func entries(_ mapping: Yams.Node.Mapping, _ depth: Int) -> [Node.Entry]? {
        var entries: [Node.Entry] = []
        var isRefused = false
        var lines: [String: Int] = [:]
        for (yamsKey, yamsValue) in mapping where count <= Limits.nodes {
            let key = node(yamsKey, depth: depth + 1)
            let value = node(yamsValue, depth: depth + 1)
            guard case .scalar(let scalar) = key.content else {
                if case .refused = key.content { continue }
                refuse(key.position, "a key must be a word", keyHint(key.position))
                isRefused = true
                continue
            }
            if let line = lines[scalar.text] {
                refuse(
                    key.position, "duplicate key \(scalar.text.quoted)",
                    "it is already there in line \(line); keep one of the two")
                continue
            }
            lines[scalar.text] = key.position.line
            entries.append(.init(key: scalar.text, keyPosition: key.position, value: value))
        }
        return isRefused ? nil : entries
    }

    private func keyHint(_ position: Position) -> String {
        let isTemplate = source.holds("{", at: position)
        return isTemplate
            ? "put a text that begins with '{{' in quotes" : "write it as 'key: value', without brackets and '?'"
    }

    private func scalar(_ scalar: Yams.Node.Scalar, at position: Position) -> Node.Scalar {
        let text = Disguise.lift(scalar.string)
        var start = position
        if scalar.style == .singleQuoted || scalar.style == .doubleQuoted { start.column += 1 }
        return Node.Scalar(
            text: text, textPosition: source.holds(text, at: start) ? start : nil,
            isMissing: text.isEmpty && scalar.style == .plain)
    }

    private mutating func refuse(_ position: Position, _ message: String, _ hint: String) {
        problems.append(Problem(file: source.file, at: position, message, hint: hint))
    }
}
