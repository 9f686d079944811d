import Foundation

/// A rule that every tool is asked to follow: a line of `Tests/Benchmarks/Others/cases.tsv`.
struct Case {
    enum Kind: String { case rrule, cron }

    var kind: Kind
    /// What it is called in the figures.
    var name: String
    /// How many occurrences are asked for, from the start on.
    var count: Int
    var rule: String

    static func read(_ path: String) throws -> [Case] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(Case.init)
    }

    private init(line: Substring) throws {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let kind = Kind(rawValue: parts[0]), let count = Int(parts[2]) else {
            throw BenchFailure("not a case: '\(line)'")
        }
        self.kind = kind
        name = parts[1]
        self.count = count
        rule = parts[3]
    }
}

/// Why nothing could be measured.
struct BenchFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
