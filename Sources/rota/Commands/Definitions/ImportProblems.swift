import Manifest
import Store

/// Tells what is wrong with a file of assets, line by line.
enum ImportProblems {
    /// All of them, however many: a line that is not told would be looked for in vain.
    static func tell(_ problems: [Problem]) {
        for problem in problems { StandardError.line(problem.description) }
    }

    /// What the database has against assets of a file.
    static func problems(_ refused: ImportRefused, of list: AssetList) -> [Problem] {
        refused.reasons.map { reason in
            Problem(
                file: list.file, line: list.entries[reason.index].line, column: 1, message: reason.message,
                hint: reason.hint)
        }
    }
}
