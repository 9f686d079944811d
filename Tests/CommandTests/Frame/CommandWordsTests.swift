import Testing

@testable import rota

struct CommandWordsTests {
    /// What is said of a call, and its exit code.
    private static func said(_ words: [String]) async -> (lines: [String], status: Int32)? {
        let command = CommandWords.name(of: words)
        if let unknown = CommandWords.unknownCommand(in: words) {
            return (unknown.lines(command: command), unknown.status.rawValue)
        }
        do {
            _ = try await CommandWords.command(of: words)
            return nil
        } catch {
            let failure = CommandEnd.failure(from: error)
            return (failure.lines(command: command), failure.status.rawValue)
        }
    }

    struct Case: Sendable {
        var words: [String]
        var lines: [String]
    }

    @Test(arguments: [
        Case(
            words: ["frobnicate"],
            lines: ["rota: there is no command 'frobnicate'", "  see 'rota --help'"]),
        Case(words: ["overdu"], lines: ["rota: there is no command 'overdu'", "  did you mean 'rota overdue'?"]),
        Case(
            words: ["runs", "--clinet", "x"],
            lines: ["rota runs: unknown option '--clinet'", "  did you mean '--client'? see 'rota runs --help'"]),
        Case(
            words: ["runs", "--limit", "0"],
            lines: ["rota runs: --limit is from 1 to 100000, not 0", "  see 'rota runs --help'"]),
        Case(
            words: ["output"],
            lines: ["rota output: missing expected argument '<run>'", "  see 'rota output --help'"]),
        Case(
            words: ["pause", "job/x"],
            lines: ["rota pause: missing expected argument '--reason <text>'", "  see 'rota pause --help'"]),
        Case(
            words: ["why", "client/x"],
            lines: [
                "rota why: the value 'client/x' is invalid for '<run or job/name>'", "  see 'rota why --help'",
            ]),
        Case(
            words: ["runs", "--limit", "-1"],
            lines: ["rota runs: --limit is from 1 to 100000, not -1", "  see 'rota runs --help'"]),
        Case(
            words: ["runs", "--limit", "--client", "x"],
            lines: ["rota runs: missing value for '--limit <number>'", "  see 'rota runs --help'"]),
        Case(
            words: ["pause", "job/x", "--reason", "audit", "--until", "2020-01-01"],
            lines: [
                "rota pause: the value '2020-01-01' is invalid for '--until <moment>'",
                "  write it like 2026-02-15T10:00:00Z, or as a span such as 2d; see 'rota pause --help'",
            ]),
        Case(
            words: ["forecast", "--duration", "-5m"],
            lines: [
                "rota forecast: the value '-5m' is invalid for '--duration <span>'",
                "  write it like 45s, 30m, 3h, 1h30m, 5d or 2w; see 'rota forecast --help'",
            ]),
    ]) func `wrong words are told in two lines, with exit code 2`(_ given: Case) async throws {
        let said = try #require(await Self.said(given.words))
        #expect(said.lines == given.lines)
        #expect(said.status == 2)
    }

    @Test(arguments: [
        ["overdue", "-o", "json", "--client", "x"], ["why", "run/12"], ["why", "job/x"], ["runs", "--since", "24h"],
        ["history", "--since", "2026-02-15T10:00:00Z", "--state", "failed", "--state", "missed", "--lane", "reactive"],
        ["complete", "4711", "--note", "done", "--evidence", "a", "--evidence", "b", "--as", "ann"],
        ["pause", "job/x", "--reason", "audit", "--until", "2d"], ["tasks", "--for", "desk"], ["output", "4711"],
    ]) func `the calls of the manual are understood`(_ words: [String]) async throws {
        #expect(await Self.said(words) == nil)
    }

    @Test func `what a failure quotes cannot write on the terminal`() {
        let failure = CommandFailure("there is no job '\u{1B}[2J\n'", mend: "see\n'rota get jobs'", at: "a\u{7}")
        #expect(
            failure.lines(command: "rota run") == [
                "a\u{FFFD}: there is no job '\u{FFFD}[2J '", "  see 'rota get jobs'",
            ])
    }
}
