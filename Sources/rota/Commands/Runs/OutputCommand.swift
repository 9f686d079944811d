import ArgumentParser
import Model
import Reports
import Store

struct OutputCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "output", abstract: "What a run printed.",
        discussion: """
            Its beginning and its end are kept, 64 KiB each. Into a pipe or a file the bytes go as they were; a \
            terminal is spared control characters.
            """)

    @Argument(help: ArgumentHelp("The run's number.", valueName: "run")) var run: RunNumber
    @Option(help: ArgumentHelp("Of this attempt; else the last of which output was kept.", valueName: "number"))
    var attempt: Int?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let number = run.number
        let result = try await database.withStore { try await $0.output(of: number, attempt: attempt) }
        switch result {
        case .output(let kept) where output.isForPeople:
            try StandardOutput.write(kept.shown(on: .output))
        case .output(let kept):
            try output.show(kept.json(run: number))
        case .nothingKept(let state, attempts: 0):
            throw CommandFailure(
                "run \(number) has printed nothing: it is \(state.rawValue), and no attempt has ended", status: .no)
        case .nothingKept(let state, let attempts):
            let tried = attempt.map { "attempt \($0)" } ?? "any of its \(Words.count(attempts, "attempt"))"
            throw CommandFailure(
                "nothing is kept of \(tried) of run \(number), which is \(state.rawValue)", status: .no)
        case .noSuchAttempt(let attempts):
            throw CommandFailure(
                "run \(number) has no attempt \(attempt ?? 0)", mend: "its attempts are 1 to \(attempts)")
        case .unknown:
            throw CommandFailure.unknown(run: run)
        }
    }
}

extension OutputRow {
    /// The bytes themselves, or what a terminal may be shown of them.
    func shown(on terminal: Terminal) -> [UInt8] {
        let gap = leftOut > 0 ? Array("\n… (\(Words.count(Int(leftOut), "byte")) left out) …\n".utf8) : []
        guard terminal.isTerminal else { return head + gap + tail }
        // A gap may part a character; each side is made harmless for itself.
        let text =
            leftOut > 0
            ? PlainText.lines(head) + Style.faint.paint(String(decoding: gap, as: UTF8.self), on: terminal)
                + PlainText.lines(tail)
            : PlainText.lines(head + tail)
        return Array((text.isEmpty || text.hasSuffix("\n") ? text : text + "\n").utf8)
    }

    func json(run: Int64) -> JSONValue {
        [
            "run": JSONValue(run), "attempt": JSONValue(attempt), "bytes": JSONValue(length),
            "leftOutBytes": JSONValue(leftOut), "sha256": .text(sha256.map(Self.hex).joined()),
            "head": .text(String(decoding: head, as: UTF8.self)), "tail": .text(String(decoding: tail, as: UTF8.self)),
        ]
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
