import Model

/// What changed between two versions of a definition, as lines for people.
///
/// `schedule.cron: "0 2 * * *" → "0 3 * * *"`; what was not written before or is no more is `not set`. Of long lists the
/// entries that came (`+`) and went (`-`) are told.
public struct DefinitionDiff: Hashable, Sendable {
    /// None where nothing changed.
    public let lines: [String]

    public var isEmpty: Bool { lines.isEmpty }

    /// - Parameters:
    ///   - old: nil where there was none; then every value that is set is told.
    ///   - new: nil where there is none any more.
    public init(from old: Definition?, to new: Definition?) {
        let before = old.map { DocumentKind.tree(of: $0, withStandards: new != nil) }
        let after = new.map { DocumentKind.tree(of: $0, withStandards: old != nil) }
        lines = Self.lines("", before, after)
    }

    private static func lines(_ path: String, _ old: Tree?, _ new: Tree?) -> [String] {
        guard old != new else { return [] }
        if case .map(let pairs) = old ?? .map([]), case .map(let others) = new ?? .map([]), old != nil || new != nil {
            let lines = lines(path, pairs, others)
            // `targets: {}` and none at all are not the same.
            return lines.isEmpty ? ["\(path): \(shown(old)) → \(shown(new))"] : lines
        }
        if case .list(let items) = old, case .list(let others) = new, let lines = lines(path, items, others) {
            return lines
        }
        return ["\(path): \(shown(old)) → \(shown(new))"]
    }

    /// Keys in the order of the new version, then those that went.
    private static func lines(_ path: String, _ old: [Tree.Pair], _ new: [Tree.Pair]) -> [String] {
        let keys = new.map(\.key) + old.map(\.key).filter { key in !new.contains { $0.key == key } }
        let before = Dictionary(old.map { ($0.key, $0.value) }) { first, _ in first }
        let after = Dictionary(new.map { ($0.key, $0.value) }) { first, _ in first }
        return keys.flatMap { key in
            lines(path.isEmpty ? key.printable : "\(path).\(key.printable)", before[key], after[key])
        }
    }

    /// Nil where both lists are short enough to be shown whole.
    private static func lines(_ path: String, _ old: [Tree], _ new: [Tree]) -> [String]? {
        let most = 60
        guard shown(.list(old)).count > most || shown(.list(new)).count > most else { return nil }
        var lines: [String] = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(_, let item, _): lines.append("\(path): - \(shown(item))")
            case .insert(_, let item, _): lines.append("\(path): + \(shown(item))")
            }
        }
        return lines
    }

    private static func shown(_ tree: Tree?) -> String {
        switch tree {
        case nil: "not set"
        case .text(let text): Json.quoted(text)
        case let tree?: YamlPrinter.flat(tree).printable
        }
    }
}
