import Model

/// Puts a command's end, its output and its report together to an outcome.
struct ExecOutcome {
    let exec: ExecAction
    let end: CommandEnd
    let collected: Collected

    /// The longest message, in characters; what a command reports must not make it endless.
    private static let longestMessage = 4000

    /// `notes` are told after all else.
    func outcome(notes: [String]) -> Outcome {
        let report = readReport()
        let messages = [message].compactMap(\.self) + leftovers + report.problems + notes
        return Outcome(
            ended, exitCode: exitCode, message: Self.joined(messages), result: report.result,
            findings: report.findings, output: wasStarted ? collected.output : nil)
    }

    static func joined(_ messages: [String]) -> String? {
        messages.isEmpty ? nil : String(messages.joined(separator: "; ").prefix(longestMessage))
    }

    private var ended: AttemptEnd {
        switch end {
        case .exited(let code, _): exec.okExitCodes.contains(code) ? .succeeded : .failed
        case .signalled, .notStarted, .unguarded: .failed
        case .ended(.timeout, _): .timedOut
        case .ended(.permit, _): .lost
        case .ended(.ordered, _), .neverStarted: .cancelled
        case .tooLate: .released
        }
    }

    private var exitCode: Int? {
        guard case .exited(let code, _) = end else { return nil }
        return code
    }

    private var wasStarted: Bool {
        switch end {
        case .tooLate, .neverStarted, .notStarted: false
        case .exited, .signalled, .ended, .unguarded: true
        }
    }

    private var message: String? {
        switch end {
        case .exited(let code, _): exec.okExitCodes.contains(code) ? nil : "it ended with exit code \(code)"
        case .signalled(let number, _): "it was ended by \(signalName(number))"
        case .ended(.timeout, _): "it did not end within \(exec.timeout), and was ended"
        case .ended(.permit, _): "its lease was not renewed in time, and it was ended"
        case .ended(.ordered, _): "it was cancelled, and ended"
        case .tooLate: "its last start had passed, or its lease was over, and it was not started"
        case .neverStarted: "it was cancelled before it was started"
        case .notStarted(let why): "it could not be started: \(why)"
        case .unguarded: "its guard was killed; what it started may still be running"
        }
    }

    private var leftovers: [String] {
        switch end {
        case .exited(_, let left), .signalled(_, let left), .ended(_, let left):
            left > 0 ? ["\(left) of its processes could not be killed and may still be running"] : []
        case .tooLate, .neverStarted, .notStarted, .unguarded: []
        }
    }

    private func readReport() -> RunReport {
        switch collected.lastLine {
        case .line(let line): RunReport(line: line) ?? RunReport()
        case .tooLong(endsAsObject: true):
            RunReport(problems: ["the last line of its output is longer than a report may be (64 KiB)"])
        case .none, .tooLong: RunReport()
        }
    }
}
