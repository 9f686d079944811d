import Reports

/// Decides whether a text can stand in YAML as it is.
enum YAMLText {
    static func scalar(_ text: String) -> String { isPlain(text) ? text : JSONValue.quoted(text) }

    /// Only what begins with a letter or `/`, and goes on with characters that mean nothing in YAML. What some reader
    /// may take for a boolean, null or number of YAML 1.1 is quoted, and so is all that begins with a digit: an
    /// instant is a timestamp to some.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isLetter(first) || first == "/", text.last != " ",
            !words.contains(text.lowercased())
        else { return false }
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.allSatisfy { index in
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            switch scalars[index] {
            case _ where isLetter(scalars[index]): return true
            case "0"..."9", "-", "_", ".", "/", "+", "@", "(", ")", "=", "%", "<", ">", ";": return true
            // A colon before a space ends a name, and a hash after one begins a comment.
            case ":": return next.map { $0 != " " } ?? false
            case " ": return next != "#" && next != " "
            default: return false
            }
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
}
