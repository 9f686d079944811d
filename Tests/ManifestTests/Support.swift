import Manifest
import Model
import Recurrence
import Testing

/// The moment at which tests look at schedules: 2026-01-01T00:00:00Z.
let newYear = Instant(seconds: 1_767_225_600)

/// Every problem of a text as it is printed, those of single documents and those between documents.
func told(_ text: String, known: [Definition] = []) -> [String] {
    ManifestReader.read(text: text, file: "m.yaml").allProblems(known: Catalogue(known), now: newYear)
        .map(\.description)
}

/// The only definition of a text in which nothing is wrong.
func definition(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Definition {
    let result = ManifestReader.read(text: text, file: "m.yaml")
    #expect(result.problems.map(\.description) == [], sourceLocation: sourceLocation)
    return try #require(result.documents.first?.definition, sourceLocation: sourceLocation)
}

/// A job in which everything is as it should be, with some lines of the test's own.
func job(_ lines: String = "", schedule: String = "{every: 1h}", exec: String = "") -> String {
    """
    kind: Job
    name: j
    \(lines)
    schedule: \(schedule)
    action:
      exec:
        command: [check]
        timeout: 5m
        \(exec)
    """
}
