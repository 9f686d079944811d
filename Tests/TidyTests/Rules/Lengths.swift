/// Past these lengths there is a second idea inside.
enum Lengths {
    static let file = 400
    static let function = 60

    static func faults(in source: SwiftFile) -> [Fault] {
        var faults: [Fault] = []
        if source.lineCount > file {
            faults.append(
                source.fault(1, "the file has \(source.lineCount) lines, of at most \(file)", "split it by idea"))
        }
        for body in bodies(of: source.code) where body.lines > function {
            faults.append(
                source.fault(
                    body.line, "\(body.name) has \(body.lines) lines, of at most \(function)",
                    "give the second idea inside a function of its own"))
        }
        return faults
    }

    private struct Body {
        let name: String
        let line: Int
        let lines: Int
    }

    private static let openers: Set<String> = ["func", "init", "deinit", "subscript", "var"]

    private static func bodies(of code: [Token]) -> [Body] {
        code.indices.compactMap { index in
            let token = code[index]
            guard token.kind == .word, openers.contains(token.text), declares(code, at: index),
                let opening = opening(of: code, after: index), let closing = closing(of: code, from: opening)
            else { return nil }
            let name = token.text == "func" || token.text == "var" ? code[index + 1].text : token.text
            return Body(name: name, line: token.line, lines: code[closing].line - token.line + 1)
        }
    }

    /// Whether the word declares something here, and is no call such as `self.init()`.
    private static func declares(_ code: [Token], at index: Int) -> Bool {
        index == 0 || !(code[index - 1].isMark(".") || code[index - 1].isMark("("))
    }

    /// The bracket that opens the body; nil for what has none, as in a protocol or a stored property.
    private static func opening(of code: [Token], after start: Int) -> Int? {
        var depth = 0
        var index = start + 1
        while index < code.count {
            let token = code[index]
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]":
                depth -= 1
                if depth < 0 { return nil }
            case "{" where depth == 0: return index
            case "}", "=", ";": if depth == 0 && !isOperatorName(code, index, start) { return nil }
            default:
                // A new declaration begins before a body did.
                let begins = ["func", "var", "let", "init", "case", "static", "public", "private", "associatedtype"]
                if depth == 0 && index > start + 1 && begins.contains(token.text) { return nil }
            }
            index += 1
        }
        return nil
    }

    /// `static func == (…)` and `-> some Sequence<T>` in which such a mark is no end; a where clause has `==` too.
    private static func isOperatorName(_ code: [Token], _ index: Int, _ start: Int) -> Bool {
        guard code[index].text == "=" else { return false }
        return code[start].text == "func"
    }

    private static func closing(of code: [Token], from opening: Int) -> Int? {
        var depth = 0
        for index in opening..<code.count {
            if code[index].isMark("{") { depth += 1 }
            if code[index].isMark("}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
