/// Statements stand in Store and Schema; the time in them comes from `rota.now()` alone, and columns are named.
enum SQLPlace {
    static let rooms: Set<String> = ["Store", "Schema"]
    /// A cluster is made before there is a Store that could ask for its database.
    static let exceptions = ["Sources/rota/Dev/EmbeddedPostgres/MakeCluster.swift"]

    static func faults(in file: SwiftFile) -> [Fault] {
        guard let room = file.room else { return [] }
        return file.strings.flatMap { string in
            let words = words(of: string.text)
            var faults: [Fault] = []
            if !rooms.contains(room), !exceptions.contains(file.path), isStatement(words) {
                faults.append(
                    file.fault(
                        string.line, "a statement stands in \(room)", "put it into Store, in the file of its verb"))
            }
            guard rooms.contains(room) else { return faults }
            if let clock = ownClock(in: string.text) {
                faults.append(file.fault(string.line, "'\(clock)' is not what tests can move", "use rota.now()"))
            }
            if isStatement(words), words.first?.first?.isUppercase == true {
                faults.append(file.fault(string.line, "SQL is written in lower case", "write it so"))
            }
            if isStatement(words), hasStar(words) {
                faults.append(file.fault(string.line, "'*' names no columns", "name those that are read"))
            }
            return faults
        }
    }

    /// The same for a migration.
    static func faults(in file: TextFile) -> [Fault] {
        guard file.path.hasPrefix("Sources/"), file.path.hasSuffix(".sql") else { return [] }
        var inClock = false
        return file.lines.enumerated().compactMap { number, line in
            let text = line.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
            // The one function that may ask the server's clock is the one that everybody else asks.
            if text.contains("function rota.now()") { inClock = true }
            defer { if text.contains("$$;") || text.hasSuffix(";") { inClock = false } }
            guard !inClock, let clock = ownClock(in: String(text)) else { return nil }
            return file.fault(number + 1, "'\(clock)' is not what tests can move", "use rota.now()")
        }
    }

    private static func words(of text: String) -> [Substring] {
        text.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == "," })
    }

    private static func isStatement(_ words: [Substring]) -> Bool {
        guard let first = words.first, first == first.lowercased() || first == first.uppercased() else { return false }
        let rest = words.dropFirst().map { $0.lowercased() }
        let next = rest.first ?? ""
        switch first.lowercased() {
        case "select": return rest.contains("from") || next.hasPrefix("rota.")
        case "insert", "merge": return next == "into"
        case "update": return rest.prefix(4).contains("set")
        case "delete": return next == "from"
        case "with":
            return rest.contains("as") && rest.contains { ["select", "insert", "update", "delete"].contains($0) }
        case "create", "alter", "drop":
            let things: Set = [
                "table", "function", "index", "schema", "role", "view", "type", "database", "or", "unique",
            ]
            return things.contains(next)
        case "truncate": return next == "table" || next.hasPrefix("rota.")
        default: return false
        }
    }

    /// `returning *`, or everything of a table; all of a `with` that names its columns is no harm.
    private static func hasStar(_ words: [Substring]) -> Bool {
        words.indices.contains { at in
            guard at > 0, words[at].hasPrefix("*") else { return false }
            if words[at - 1] == "returning" { return true }
            return words[at - 1] == "select" && at + 2 < words.count && words[at + 2].hasPrefix("rota.")
        }
    }

    /// The name of a clock of the server's, if one is asked.
    private static func ownClock(in text: String) -> String? {
        let lower = text.lowercased()
        for name in [
            "current_timestamp", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "localtimestamp",
        ]
        where lower.contains(name) { return name }
        for found in lower.ranges(of: "now()") {
            let before = lower[..<found.lowerBound].last
            if before.map({ !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }) ?? true { return "now()" }
        }
        return nil
    }
}
