import ArgumentParser
import Manifest
import Reports

/// Reads manifests and tells every problem.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Read manifests and tell every problem; no database is asked.",
        discussion: "What the manifests name must be among them: a job's window, its clients, their calendars.")

    @Argument(help: ArgumentHelp("Manifests, or folders of them.", valueName: "path"))
    var paths: [String]
    @OptionGroup var output: OutputOptions

    func run() throws {
        let read = ManifestReader.read(paths: paths)
        let problems = read.allProblems(now: WallClock.now())
        if output.isForPeople {
            for problem in problems { StandardError.line(problem.description) }
            try StandardOutput.line(Self.summary(read, problems))
        } else {
            try output.show([
                "definitions": JSONValue(read.documents.count), "problems": .array(problems.map(Self.json)),
            ])
        }
        if problems.hasErrors { throw ExitStatus.failed }
    }

    static func summary(_ read: ReadResult, _ problems: [Problem]) -> String {
        let errors = problems.count { $0.severity == .error }
        let files = Set(read.documents.map(\.file)).count
        guard errors == 0 else { return "\(Words.count(errors, "problem")) to mend" }
        guard !read.documents.isEmpty else { return "there is no definition there: nothing was checked" }
        let found = "\(Words.count(read.documents.count, "definition")) in \(Words.count(files, "file"))"
        return problems.isEmpty ? "\(found): nothing is wrong" : "\(found): \(Words.count(problems.count, "warning"))"
    }

    private static func json(_ problem: Problem) -> JSONValue {
        [
            "file": .text(problem.file), "line": JSONValue(problem.line), "column": JSONValue(problem.column),
            "severity": .text(problem.severity.rawValue), "message": .text(problem.message),
            "hint": JSONValue(problem.hint),
        ]
    }
}
