import Reports

extension JSONValue {
    /// The same document as YAML 1.2 in block style, ended with a line's end.
    ///
    /// A text is written plainly only where every reader of YAML takes it for that text; else in double quotes, whose
    /// escapes are JSON's.
    func yaml() -> String {
        var writer = YAMLWriter()
        writer.write(self, indent: 0, startsLine: true)
        return writer.text
    }
}

private struct YAMLWriter {
    var text = ""

    /// `startsLine`: the writer stands where a block may begin, with the indentation already written.
    mutating func write(_ value: JSONValue, indent: Int, startsLine: Bool) {
        switch value {
        case .object(let members) where !members.isEmpty:
            write(block: members.count, indent, startsLine) { writer, index in
                writer.text += YAMLText.scalar(members[index].name) + ":"
                writer.write(under: members[index].value, indent: indent)
            }
        case .array(let elements) where !elements.isEmpty:
            write(block: elements.count, indent, startsLine) { writer, index in
                writer.text += "- "
                writer.write(elements[index], indent: indent + 2, startsLine: true)
            }
        case .object: text += "{}\n"
        case .array: text += "[]\n"
        case .text(let string): text += YAMLText.scalar(string) + "\n"
        case .null, .bool, .integer, .number: text += value.json() + "\n"
        }
    }

    private mutating func write(under value: JSONValue, indent: Int) {
        switch value {
        case .object(let members) where !members.isEmpty:
            text += "\n"
            write(value, indent: indent + 2, startsLine: false)
        case .array(let elements) where !elements.isEmpty:
            text += "\n"
            write(value, indent: indent + 2, startsLine: false)
        default:
            text += " "
            write(value, indent: indent, startsLine: true)
        }
    }

    private mutating func write(
        block count: Int, _ indent: Int, _ startsLine: Bool, _ item: (inout YAMLWriter, Int) -> Void
    ) {
        for index in 0..<count {
            if index > 0 || !startsLine { text += String(repeating: " ", count: indent) }
            item(&self, index)
        }
    }
}
