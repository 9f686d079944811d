import Model

extension Cursor {
    /// The scalar's text, within bounds and without anything hidden; nil (and a problem) for anything else.
    func text(_ expected: String, most: Int, lines: Bool = false, isEmptyAllowed: Bool = false) -> String? {
        let hint = "write it as a text, in quotes where it holds ': ' or begins with a special character"
        guard case .scalar(let scalar) = node.content, !scalar.isMissing else {
            refuse(expected: expected, hint: hint)
            return nil
        }
        let text = scalar.text
        guard !text.isEmpty || isEmptyAllowed else {
            refuse("'\(name)' is empty", hint: "give it \(expected), or leave the key out")
            return nil
        }
        if let hidden = text.unicodeScalars.first(where: { $0.isHidden && !(lines && ($0 == "\n" || $0 == "\t")) }) {
            let what = hidden == "\n" ? "more than one line" : "a hidden character (\(hidden.codePoint))"
            refuse("'\(name)' holds \(what)", hint: hidden == "\n" ? "write it as one line" : "take it out")
            return nil
        }
        let count = text.unicodeScalars.count
        guard count <= most else {
            refuse("'\(name)' is \(count) characters long", hint: "at most \(most) are allowed")
            return nil
        }
        return text
    }
}

extension Shape where Value == String {
    /// One line of free text.
    static func line(most: Int) -> Shape {
        let expected = "a text of one line"
        return Shape(
            expected: expected, schema: .freeText(most),
            read: { $0.text(expected, most: most) }, write: { .text($0) })
    }

    /// One line of free text that may be empty, such as a label's value.
    static func value(most: Int) -> Shape {
        let expected = "a text of one line"
        return Shape(
            expected: expected, schema: .freeText(most),
            read: { $0.text(expected, most: most, isEmptyAllowed: true) }, write: { .text($0) })
    }

    /// A name by which others refer to it: a-z, 0-9, and `-` inside, at most 63.
    static let name = Shape(
        expected: "a name",
        schema: .object([
            "type": .text("string"), "pattern": .text("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"), "maxLength": .integer(63),
        ]),
        read: { cursor in
            guard let text = cursor.text("a name", most: 10_000) else { return nil }
            guard Names.isName(text) else {
                cursor.refuse(
                    expected: "a name", hint: "use a-z, 0-9 and '-' inside, at most 63 in all\(Names.suggestion(text))")
                return nil
            }
            return text
        },
        write: { .text($0) })

    /// Text that is never anything but this word.
    static func constant(_ word: String) -> Shape {
        Shape(
            expected: word, schema: .object(["const": .text(word)]),
            read: { cursor in
                guard case .scalar(let scalar) = cursor.node.content, scalar.text == word else {
                    cursor.refuse(expected: "'\(word)'", hint: "write \(word)")
                    return nil
                }
                return word
            },
            write: { .word($0) })
    }

    /// An IANA time zone, to the letter.
    static let zone = Shape(
        expected: "an IANA time zone", schema: .object(["type": .text("string")]),
        read: { cursor in
            guard let text = cursor.text("an IANA time zone", most: 100), cursor.isZone(text) else { return nil }
            return text
        },
        write: { .text($0) })

    /// An `http` or `https` address without a password in it.
    static let webAddress = Shape(
        expected: "a web address",
        schema: .object(["type": .text("string"), "pattern": .text("^https?://[^/@]+(/.*)?$")]),
        read: { cursor in
            guard let text = cursor.text("a web address", most: 2000) else { return nil }
            if let (message, hint) = WebAddress.problem(of: text) {
                cursor.refuse("'\(cursor.name)' \(message)", hint: hint)
                return nil
            }
            return text
        },
        write: { .text($0) })
}

extension Json {
    /// Free text, which an editor must not complain of for looking like a number.
    static func freeText(_ most: Int) -> Json {
        .object(["type": .texts(["string", "number", "boolean"]), "maxLength": .integer(most)])
    }
}
