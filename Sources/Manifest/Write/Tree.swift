/// A definition in the shape of its manifest, for writing and comparing.
indirect enum Tree: Hashable, Sendable {
    struct Pair: Hashable, Sendable {
        var key: String
        var value: Tree
    }

    /// A number, date, span or keyword: never needs quotes.
    case word(String)
    /// Free text, quoted where it would be mistaken for something else.
    case text(String)
    case list([Tree])
    case map([Pair])
}

extension Tree {
    /// Nil for anything but a mapping.
    var pairs: [Pair]? {
        if case .map(let pairs) = self { return pairs }
        return nil
    }

    func value(of key: String) -> Tree? { pairs?.first { $0.key == key }?.value }
}
