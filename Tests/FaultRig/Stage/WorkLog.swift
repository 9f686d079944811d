import Glibc
import Recurrence
import TestSupport

/// What a test's commands wrote about themselves, outside the database, in the file that all of them append to.
public struct WorkLog: Sendable {
    public struct Entry: Sendable {
        /// `start`, `tick` or `end`.
        public var verb: String
        public var attempt: Int64
        public var run: Int64
        public var job: String
        public var client: String
        /// Nil is the client as a whole.
        public var asset: String?
        public var due: Instant
        public var process: pid_t
        /// By the machine's clock.
        public var at: Instant
        /// Since the machine was started, which nobody moves.
        public var sinceBoot: Duration
        public var worker: String
    }

    public let path: String

    public init(path: String) {
        self.path = path
    }

    public func text() throws -> String {
        File.isThere(path) ? try File.read(path) : ""
    }

    public func entries(of run: Int64) throws -> [Entry] {
        try entries().filter { $0.run == run }
    }

    public func entries() throws -> [Entry] {
        let text = try text()
        // A command that is ended inside a line leaves half of it.
        return try text[..<(text.lastIndex(of: "\n") ?? text.startIndex)].split(separator: "\n").map(Self.entry)
    }

    private static func entry(_ line: Substring) throws -> Entry {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 11, let attempt = Int64(words[1]), let run = Int64(words[2]),
            let due = Instant(rfc3339: words[6]), let process = pid_t(words[7]), let seconds = Double(words[8]),
            let boot = Double(words[9])
        else { throw TestSupportError("'\(line)' is no entry of the commands' log") }
        let folders = words[10].split(separator: "/").map(String.init)
        return Entry(
            verb: words[0], attempt: attempt, run: run, job: words[3], client: words[4],
            asset: words[5] == "-" ? nil : words[5], due: due, process: process,
            at: Instant(microseconds: Int64(seconds * 1_000_000)), sinceBoot: .milliseconds(Int(boot * 1000)),
            worker: folders.first { $0.hasPrefix("worker-") } ?? "nobody")
    }
}
