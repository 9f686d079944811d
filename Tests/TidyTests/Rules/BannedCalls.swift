/// What is not written here, and what is written in its place.
enum BannedCalls {
    private struct Ban {
        /// Tokens that follow each other; the name is told with them.
        let words: [String]
        let instead: String
        /// Where it is allowed: files at the edge that read a clock for everybody else, or a whole folder.
        var allowed: [String] = []
        /// Where alone it is banned; everywhere if empty.
        var within: [String] = []
    }

    /// The edge: what is handed in as `now` everywhere else is read here.
    static let clockEdge = ["Sources/rota/", "Sources/Postgres/Loop/", "Tests/"]

    private static let bans: [Ban] = [
        Ban(words: ["try", "?"], instead: "catch the error and say what it means here, or let it through"),
        Ban(words: ["try", "!"], instead: "throw, or build the value so that it cannot fail"),
        Ban(words: ["Date", "(", ")"], instead: "take the time as a parameter"),
        Ban(words: ["Date", ".", "now"], instead: "take the time as a parameter"),
        Ban(
            words: ["Clock", "(", ")", ".", "now"], instead: "take the time as a parameter, or a clock",
            allowed: clockEdge),
        Ban(words: ["Clock", ".", "now"], instead: "take the time as a parameter, or a clock", allowed: clockEdge),
        Ban(words: ["DispatchTime", ".", "now"], instead: "take the time as a parameter", allowed: clockEdge),
        Ban(words: ["Task", "{"], instead: "use a task group or a service: structured concurrency only"),
        Ban(words: ["Task", ".", "detached"], instead: "use a task group or a service: structured concurrency only"),
        Ban(words: ["Task", ".", "immediate"], instead: "use a task group or a service: structured concurrency only"),
        Ban(words: ["sleep", "("], instead: "wait on an event, or move a clock of the test's own", within: ["Tests/"]),
        Ban(words: ["usleep", "("], instead: "wait on an event", within: ["Tests/"]),
        Ban(
            words: ["print", "("], instead: "return it, or log it: only the executable writes to the terminal",
            allowed: ["Sources/rota/", "Tests/"], within: ["Sources/"]),
    ]

    static func faults(in file: SwiftFile) -> [Fault] {
        let code = file.code
        var faults: [Fault] = []
        for ban in bans where applies(ban, to: file.path) {
            for index in code.indices where stands(ban.words, in: code, at: index) {
                faults.append(file.fault(code[index].line, "'\(ban.words.joined())' is not used here", ban.instead))
            }
        }
        return faults + tasksWithArguments(in: file) + impliedNow(in: file)
    }

    private static func applies(_ ban: Ban, to path: String) -> Bool {
        !ban.allowed.contains { path.hasPrefix($0) }
            && (ban.within.isEmpty || ban.within.contains { path.hasPrefix($0) })
    }

    private static func stands(_ words: [String], in code: [Token], at index: Int) -> Bool {
        guard index + words.count <= code.count else { return false }
        for (offset, word) in words.enumerated() {
            let token = code[index + offset]
            // `ContinuousClock` and `SuspendingClock` are clocks as well.
            let matches = word == "Clock" ? token.kind == .word && token.text.hasSuffix(word) : token.text == word
            // `try !found` is a `try` and a "not".
            if !matches || ["?", "!"].contains(word) && !token.isGlued { return false }
        }
        // A method of one's own type that has the same name is declared or called on something.
        return !(index > 0 && code[index - 1].isWord("func"))
    }

    /// `Task(priority: …) {`, which is bare too.
    private static func tasksWithArguments(in file: SwiftFile) -> [Fault] {
        let code = file.code
        return code.indices.compactMap { index in
            guard code[index].isWord("Task"), index + 1 < code.count, code[index + 1].isMark("(") else { return nil }
            var depth = 0
            for next in (index + 1)..<code.count {
                if code[next].isMark("(") { depth += 1 }
                if code[next].isMark(")") { depth -= 1 }
                if depth == 0 {
                    guard next + 1 < code.count, code[next + 1].isMark("{") else { return nil }
                    return file.fault(
                        code[index].line, "'Task(…){' is not used here",
                        "use a task group or a service: structured concurrency only")
                }
            }
            return nil
        }
    }

    /// `.now` with nothing before the dot: some clock's, or a date.
    private static func impliedNow(in file: SwiftFile) -> [Fault] {
        if clockEdge.contains(where: { file.path.hasPrefix($0) }) { return [] }
        let code = file.code
        return code.indices.compactMap { index in
            guard code[index].isMark("."), index + 1 < code.count, code[index + 1].isWord("now") else { return nil }
            let before = index > 0 ? code[index - 1] : nil
            let follows = before.map { $0.kind == .word || [")", "]", "?", "!"].contains($0.text) } ?? false
            let keywords: Set<String> = ["return", "in", "case", "await", "try", "else"]
            if follows && !keywords.contains(before?.text ?? "") { return nil }
            return file.fault(code[index].line, "'.now' is not used here", "take the time as a parameter")
        }
    }
}
