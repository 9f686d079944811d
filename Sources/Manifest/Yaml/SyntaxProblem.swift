import Yams

/// Says in plain words what the YAML parser found wrong.
struct SyntaxProblem {
    let source: SourceText

    /// An alias, anchor or tag at that place.
    func property(at position: Position) -> Problem {
        let word = word(at: position)
        switch source[position] {
        case "*":
            // `*/5 * * * *` and `*.log` were meant as texts, and a name follows a real alias at once.
            let isText = word.dropFirst().first.map { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? true
            let hint = isText ? "put a text that begins with '*' in quotes" : "write out what it stands for"
            return problem(position, "an alias (\(word.quoted)) is not allowed", hint)
        case "&":
            return problem(
                position, "an anchor (\(word.quoted)) is not allowed",
                "take it out, and write the value out wherever it is needed")
        default:
            return problem(
                position, "a tag (\(word.quoted)) is not allowed",
                "take it out; a text that begins with '!' goes in quotes")
        }
    }

    func problem(of fault: YamlError) -> Problem {
        switch fault {
        case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _):
            return syntax(text, at: Position(mark), context: context)
        case .duplicatedKeysInMapping(let keys, let context):
            return problem(
                Position(context.mark), "duplicate key \((keys.first ?? "").quoted)", "keep one of the two")
        case .reader(let text, let offset, _, _):
            return problem(offset.map(source.position(of:)) ?? .start, text, "save the file as UTF-8 text")
        default:
            return problem(.start, "this is not YAML", "look at the indentation and the quotes")
        }
    }

    private func syntax(_ text: String, at position: Position, context: YamlError.Context?) -> Problem {
        let from = (context?.mark).map(Position.init) ?? position
        if text.hasPrefix("Maximum nesting level") {
            return problem(
                position, "this is nested deeper than 32 levels", "no manifest needs that; look at the brackets")
        }
        if let (place, message, hint) = Self.words(text, position, from, found: source[position]) {
            return problem(place, message, templateHint(position.line, from) ?? hint)
        }
        return problem(position, "this is not YAML: \(text)", "look at the indentation and the quotes")
    }

    /// What libyaml says, the place that helps most (where it stopped, or where what it was in began), and a hint.
    private static func words(
        _ text: String, _ at: Position, _ from: Position, found: Unicode.Scalar?
    ) -> (Position, String, String)? {
        switch text {
        case "found character that cannot start any token" where found == "\t",
            "found a tab character that violates indentation":
            (at, "a tab cannot indent", "use spaces")
        case "found character that cannot start any token":
            (at, "a value cannot begin with \(String(found.map(Character.init) ?? " ").quoted)", "put it in quotes")
        case "mapping values are not allowed in this context":
            (at, "':' is not allowed here", "put a text that holds ': ' in quotes, or look at the indentation")
        case "could not find expected ':'":
            (from, "this is no 'key: value'", "a ':' and a space are missing, or the indentation is wrong")
        case "did not find expected key", "did not find expected '-' indicator":
            (at, "this does not line up with what is above it", "begin it in the same column, or end the text above")
        case "did not find expected ',' or ']'": (at, "a ',' or ']' is missing", began("[", from))
        case "did not find expected ',' or '}'": (at, "a ',' or '}' is missing", began("{", from))
        case "found unexpected end of stream", "found unexpected document indicator":
            (from, "the quote that begins here is never closed", "close it, or take it out")
        case "found unknown escape character":
            (at, "this escape is not known", "write '\\\\' for a backslash, or use single quotes")
        case "block sequence entries are not allowed in this context":
            (at, "a list cannot begin here", "put '- ' on a line of its own")
        case "did not find expected <document start>":
            (at, "the document has ended before this", "begin another one with '---', or look at the indentation")
        case "did not find expected node content": (at, "a value is missing here", "write one, or take the ',' out")
        case "found unexpected ':'": (at, "':' is not allowed here", "put the text in quotes")
        case "found unknown directive name", "did not find expected directive name":
            (at, "a directive ('%…') is not allowed", "take the line out")
        default: nil
        }
    }

    private static func began(_ bracket: String, _ from: Position) -> String {
        "the '\(bracket)' is in line \(from.line), column \(from.column)"
    }

    /// `message: {{ client.name }}` is the commonest slip of all; to YAML it is a mapping.
    private func templateHint(_ line: Int, _ from: Position) -> String? {
        for start in [Position(line: line, column: 1), Position(line: from.line, column: 1)] {
            guard let index = source.index(of: start) else { continue }
            let text = source.scalars[index...].prefix { $0 != "\n" }
            for place in text.indices.dropFirst(2).dropLast()
            where text[place] == "{" && text[place + 1] == "{" && text[place - 1] == " "
                && (text[place - 2] == ":" || text[place - 2] == "-")
            {
                return "put a text that begins with '{{' in quotes"
            }
        }
        return nil
    }

    private func word(at position: Position) -> String {
        guard let index = source.index(of: position) else { return "" }
        let ends: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "]", "}", ","]
        return String(String.UnicodeScalarView(source.scalars[index...].prefix { !ends.contains($0) }))
    }

    private func problem(_ position: Position, _ message: String, _ hint: String) -> Problem {
        Problem(file: source.file, at: position, message, hint: hint)
    }
}
