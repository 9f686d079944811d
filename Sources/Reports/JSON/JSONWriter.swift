extension JSONValue {
    public enum Layout: Sendable {
        /// On one line, without spaces.
        case compact
        /// A member or element a line, indented by two spaces.
        case pretty
    }

    /// The document as text (RFC 8259), without a line's end after it.
    ///
    /// Control characters are written as escapes, those after ASCII too: so no terminal obeys what stands in data.
    public func json(_ layout: Layout = .compact) -> String {
        var writer = JSONWriter(layout: layout)
        writer.write(self, depth: 0)
        return writer.text
    }

    /// A text in quotes, with escapes where JSON wants them.
    public static func quoted(_ text: String) -> String {
        var writer = JSONWriter(layout: .compact)
        writer.write(quoting: text)
        return writer.text
    }
}

private struct JSONWriter {
    let layout: JSONValue.Layout
    var text = ""

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let bool): text += bool ? "true" : "false"
        case .integer(let integer): text += String(integer)
        case .number(let number): text += number.isFinite ? String(number) : "null"
        case .text(let string): write(quoting: string)
        case .array(let elements):
            enclose("[", "]", count: elements.count, depth: depth) { writer, index in
                writer.write(elements[index], depth: depth + 1)
            }
        case .object(let members):
            enclose("{", "}", count: members.count, depth: depth) { writer, index in
                writer.write(quoting: members[index].name)
                writer.text += writer.layout == .pretty ? ": " : ":"
                writer.write(members[index].value, depth: depth + 1)
            }
        }
    }

    private mutating func enclose(
        _ opening: String, _ closing: String, count: Int, depth: Int, _ item: (inout JSONWriter, Int) -> Void
    ) {
        text += opening
        for index in 0..<count {
            if index > 0 { text += "," }
            breakLine(depth + 1)
            item(&self, index)
        }
        if count > 0 { breakLine(depth) }
        text += closing
    }

    private mutating func breakLine(_ depth: Int) {
        guard layout == .pretty else { return }
        text += "\n"
        text += String(repeating: "  ", count: depth)
    }

    mutating func write(quoting string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
