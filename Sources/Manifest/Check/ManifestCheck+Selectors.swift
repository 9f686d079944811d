import Model

extension ManifestCheck {
    /// A key that no known asset has, and that looks like a slip of one that some have: with `!=` it would hold for all.
    mutating func check(_ condition: Selector, _ path: String, _ document: Document) {
        for term in condition.terms {
            switch term.subject {
            case .label(let key): checkKey(key, "label", path, document) { $0.labels }
            case .fact(let key): checkKey(key, "fact", path, document) { $0.facts }
            case .field(.kind):
                if case .isOneOf(let kinds) = term.test { checkKinds(kinds, path, document) }
                if case .isNoneOf(let kinds) = term.test { checkKinds(kinds, path, document) }
            case .field: continue
            }
        }
    }

    private mutating func checkKey(
        _ key: String, _ what: String, _ path: String, _ document: Document, of values: (Asset) -> [String: String]
    ) {
        let assets = catalogue.assets.values
        guard !assets.contains(where: { values($0)[key] != nil }) else { return }
        var known: Set<String> = []
        for asset in assets { known.formUnion(values(asset).keys) }
        guard let near = nearest(key, among: known.sorted()) else { return }
        warn(
            document, path, "no asset of these manifests has a \(what) '\(key)'", hint: "did you mean '\(near)'?")
    }
}
