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
        lines = Self.lines("", old.map(Version.init), new.map(Version.init))
    }

    /// A value as it acts, with all that stands for what is left out, and as it would be written.
    private struct Version {
        var full: Tree
        var brief: Tree?

        init(_ definition: Definition) {
            full = DocumentKind.tree(of: definition, withStandards: true)
            brief = DocumentKind.tree(of: definition, withStandards: false)
        }

        /// Nil where there is no such key.
        private init?(_ version: Version, _ key: String) {
            guard let full = version.full.value(of: key) else { return nil }
            self.full = full
            brief = version.brief?.value(of: key)
        }

        subscript(key: String) -> Version? { Version(self, key) }
    }

    private static func lines(_ path: String, _ old: Version?, _ new: Version?) -> [String] {
        // What came or went as a whole is told as it would be written, without all that goes without saying.
        guard let old, let new else { return lines(path, old?.brief, new?.brief) }
        guard old.full != new.full else { return [] }
        guard case .map(let pairs) = old.full, case .map(let others) = new.full else {
            return lines(path, old.full, new.full)
        }
        return keys(pairs, others).flatMap { key in lines(self.path(path, key), old[key], new[key]) }
    }

    private static func lines(_ path: String, _ old: Tree?, _ new: Tree?) -> [String] {
        guard old != new else { return [] }
        let pairs = [old ?? .map([]), new ?? .map([])].map(\.pairs)
        if let before = pairs[0], let after = pairs[1], !before.isEmpty || !after.isEmpty {
            return keys(before, after).flatMap { key in
                lines(self.path(path, key), old?.value(of: key), new?.value(of: key))
            }
        }
        if case .list(let items) = old, case .list(let others) = new, let lines = lines(path, items, others) {
            return lines
        }
        return ["\(path): \(shown(old)) → \(shown(new))"]
    }

    /// Keys in the order of the new version, then those that went.
    private static func keys(_ old: [Tree.Pair], _ new: [Tree.Pair]) -> [String] {
        new.map(\.key) + old.map(\.key).filter { key in !new.contains { $0.key == key } }
    }

    private static func path(_ path: String, _ key: String) -> String {
        path.isEmpty ? key.printable : "\(path).\(key.printable)"
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
