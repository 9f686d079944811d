import Glibc
import Recurrence
import TestSupport

/// What the rig's commands wrote about themselves.
struct WorkLog: Sendable {
    struct Entry: Sendable {
        /// `start`, `tick` or `end`.
        var verb: String
        var attempt: Int64
        var run: Int64
        var job: String
        var due: Instant
        var process: pid_t
        /// By the machine's clock.
        var at: Instant
        /// Since the machine was started, which nobody moves.
        var sinceBoot: Duration
        var worker: String
    }

    let path: String

    func entries() throws -> [Entry] {
        guard File.isThere(path) else { return [] }
        let text = try File.read(path)
        // A command that is ended inside a line leaves half of it.
        return try text[..<(text.lastIndex(of: "\n") ?? text.startIndex)].split(separator: "\n").map(Self.entry)
    }

    private static func entry(_ line: Substring) throws -> Entry {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 9, let attempt = Int64(words[1]), let run = Int64(words[2]),
            let due = Instant(rfc3339: words[4]), let process = pid_t(words[5]), let seconds = Double(words[6]),
            let boot = Double(words[7])
        else { throw TestSupportError("'\(line)' is no entry of the commands' log") }
        let folders = words[8].split(separator: "/").map(String.init)
        return Entry(
            verb: words[0], attempt: attempt, run: run, job: words[3], due: due, process: process,
            at: Instant(microseconds: Int64(seconds * 1_000_000)), sinceBoot: .milliseconds(Int(boot * 1000)),
            worker: folders.first { $0.hasPrefix("worker-") } ?? "nobody")
    }
}
