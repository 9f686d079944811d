/// A value of a YAML document and its place, with every scalar as the text that was written: what a scalar
/// means is for the field to say that wants it, never guessed (so `no` is no boolean and `22:30` no number).
struct Node: Sendable {
    enum Content: Sendable {
        case scalar(Scalar)
        case list([Node])
        case map([Entry])
        /// It was told already what is wrong with it.
        case refused
    }

    struct Scalar: Sendable {
        var text: String
        /// Where the text's first letter is, if the text stands in the source just as it is.
        var textPosition: Position?
        /// Nothing was written at all, not even quotes.
        var isMissing: Bool
    }

    struct Entry: Sendable {
        var key: String
        var keyPosition: Position
        var value: Node
    }

    var position: Position
    var content: Content

    var isMap: Bool {
        if case .map = content { return true }
        return false
    }
}
