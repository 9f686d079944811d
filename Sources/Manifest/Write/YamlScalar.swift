import Recurrence

/// Writes a text so that it reads back as itself, here and with other readers of YAML.
enum YamlScalar {
    /// On one line: as it is where nothing could mistake it, in double quotes otherwise.
    static func inline(_ text: String, isInBrackets: Bool) -> String {
        isPlain(text, isInBrackets) ? text : Json.quoted(text)
    }

    static func key(_ text: String) -> String { inline(text, isInBrackets: true) }

    /// Several lines as a block; nil for anything that a block cannot hold just as it is.
    static func literal(_ tree: Tree, indent: Int) -> String? {
        guard case .text(let text) = tree, text.contains("\n"), let first = text.unicodeScalars.first,
            first != " ", first != "\t", first != "\n",
            !text.unicodeScalars.contains(where: { ($0.isHidden && $0 != "\n") || Disguise.range.contains($0.value) })
        else { return nil }
        let chomping = text.hasSuffix("\n\n") ? "|+" : text.hasSuffix("\n") ? "|" : "|-"
        let body = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let margin = String(repeating: " ", count: indent)
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        return chomping + "\n" + lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
    }

    private static func isPlain(_ text: String, _ isInBrackets: Bool) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let last = scalars.last, last != " ", scalars.count <= 80 else { return false }
        if CivilDate(text) != nil { return true }
        guard beginsPlainly(scalars), !isWord(text) else { return false }
        // A `:` or `;` is rarely wrong, but people quote rules and times, and so is this.
        let forbidden = isInBrackets ? ":;,[]{}" : ":;"
        for (index, scalar) in scalars.enumerated() {
            if scalar.isHidden || forbidden.unicodeScalars.contains(scalar) { return false }
            if Disguise.range.contains(scalar.value) { return false }
            if scalar == "#", scalars[index - 1] == " " { return false }
        }
        return true
    }

    /// With a letter, a path, or an option such as `--host`: never with what could be a number or a sign of YAML's.
    private static func beginsPlainly(_ scalars: [Unicode.Scalar]) -> Bool {
        let start = scalars.drop { $0 == "-" }
        guard let first = start.first, start.startIndex <= 2 else { return false }
        return isLetter(first) || (start.startIndex == 0 && (first == "/" || first == "_"))
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic && !scalar.properties.isWhitespace
    }

    /// What YAML 1.1 takes for a truth value or for nothing.
    private static func isWord(_ text: String) -> Bool {
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }
}
