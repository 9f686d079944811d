import Glibc
import Model

/// Appends a reminder to a file, as one line that is on the disk when it counts as delivered.
struct FileReminder: Sendable {
    let path: String
    let message: String
    let context: ActionContext
    let environment: ActionEnvironment

    func append() -> Outcome {
        do {
            let place = try place()
            try write(to: place)
            return Outcome(.succeeded, message: "written to \(place)", delivered: true)
        } catch {
            return Outcome(.failed, message: error.description)
        }
    }

    /// `2026-02-15T10:00:00Z JOB CLIENT ASSET: message`, without the asset where there is none.
    var line: String {
        let who = [context.job, context.client, context.asset].compactMap(\.self).joined(separator: " ")
        return "\(context.startedAt) \(who): \(Self.onOneLine(message))\n"
    }

    private func place() throws(ReminderProblem) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !path.utf8.contains(0), !parts.contains("..") else {
            throw ReminderProblem(description: "'\(path)' is no path that a reminder is written to")
        }
        guard path.hasPrefix("/") else { return "\(environment.outbox)/\(path)" }
        guard environment.allow == nil || path.hasPrefix(environment.outbox + "/") else {
            throw ReminderProblem(
                description: "this worker writes reminders to \(environment.outbox) only (see --allow)")
        }
        return path
    }

    private func write(to place: String) throws(ReminderProblem) {
        if let slash = place.lastIndex(of: "/"), slash > place.startIndex {
            do {
                try makeDirectories(String(place[..<slash]))
            } catch {
                throw ReminderProblem(description: error.description)
            }
        }
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let file = Descriptor(open(place, flags, 0o640))
        guard file.number >= 0 else { throw ReminderProblem(place, errno) }
        defer { file.close() }
        let bytes = Array(line.utf8)
        // One call: the kernel keeps lines that several workers append at once apart.
        let written = Glibc.write(file.number, bytes, bytes.count)
        guard written >= 0 else { throw ReminderProblem(place, errno) }
        guard written == bytes.count else {
            throw ReminderProblem(description: "\(place): only a part of the line could be written")
        }
        // A pipe or a terminal has no disk to be on.
        guard fsync(file.number) == 0 || errno == EINVAL || errno == EROFS else { throw ReminderProblem(place, errno) }
    }

    /// Line breaks and other control characters would make one message look like several.
    private static func onOneLine(_ text: String) -> String {
        let words = text.unicodeScalars.split { scalar in
            scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
        }
        return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}

struct ReminderProblem: Error, CustomStringConvertible {
    var description: String

    init(description: String) { self.description = description }

    init(_ place: String, _ code: CInt) { description = "\(place): \(errorText(code))" }
}
