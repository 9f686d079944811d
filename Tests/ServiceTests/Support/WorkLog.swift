import FaultRig
import Glibc
import Recurrence
import TestSupport

/// What commands wrote about themselves, outside the database: a line when one starts, and one when it ends.
struct WorkLog: Sendable {
    struct Entry: Sendable {
        /// `start` or `end`.
        var verb: String
        var attempt: Int64
        var run: Int64
        var job: String
        var due: Instant
        var process: pid_t
        /// By the machine's clock, which the database's is as well.
        var at: Instant
    }

    let path: String

    func entries() throws -> [Entry] {
        try text().split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 7, let attempt = Int64(words[1]), let run = Int64(words[2]),
                let due = Instant(rfc3339: words[4]), let process = pid_t(words[5]), let seconds = Double(words[6])
            else { throw TestSupportError("'\(line)' is no entry of \(path)") }
            return Entry(
                verb: words[0], attempt: attempt, run: run, job: words[3], due: due, process: process,
                at: Instant(microseconds: Int64(seconds * 1_000_000)))
        }
    }

    func entries(of run: Int64) throws -> [Entry] {
        try entries().filter { $0.run == run }
    }

    func text() throws -> String {
        File.isThere(path) ? try File.read(path) : ""
    }
}
