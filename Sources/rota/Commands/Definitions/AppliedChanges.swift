import Manifest
import Model
import Reports
import Store

/// What applying did, or would do, as lines and as JSON.
enum AppliedChanges {
    /// A line for each object that something was done to, and one for what else followed.
    static func lines(_ result: ApplyResult, isRehearsal: Bool) -> String {
        var lines = result.objects.filter { $0.change != .unchanged }.map { object in
            let revision = object.revision.map { " (revision \($0))" } ?? ""
            return "\(isRehearsal ? "would be " : "")\(object.change.rawValue) \(name(object))\(revision)"
        }
        lines.append(summary(result, isRehearsal: isRehearsal))
        return lines.map { $0 + "\n" }.joined()
    }

    private static func summary(_ result: ApplyResult, isRehearsal: Bool) -> String {
        guard !result.isUnchanged else { return "\(Words.count(result.objects.count, "definition")), all unchanged" }
        var parts: [String] = []
        let unchanged = result.count(.unchanged)
        if unchanged > 0 { parts.append("\(unchanged) unchanged") }
        let changes: [(ApplyResult.Assignment.Change, String)] = [
            (.made, "made"), (.removed, "removed"), (.rescheduled, "rescheduled"),
        ]
        for (change, word) in changes {
            let count = result.assignments.count { $0.change == change }
            if count > 0 { parts.append("\(Words.count(count, "assignment")) \(word)") }
        }
        if result.cancelledRuns > 0 { parts.append("\(Words.count(result.cancelledRuns, "run")) cancelled") }
        if isRehearsal { parts.append("nothing was done") }
        return parts.isEmpty ? "done" : parts.joined(separator: ", ")
    }

    /// The names of what was removed, the first twenty, and how many more; nil where nothing was.
    static func removed(_ result: ApplyResult) -> String? {
        let names = result.objects.filter { $0.change == .removed }.map(name)
        guard !names.isEmpty else { return nil }
        let more = names.count > 20 ? ["and \(names.count - 20) more"] : []
        return (names.prefix(20) + more).joined(separator: ", ")
    }

    static func name(_ object: ApplyResult.Object) -> String {
        "\(object.kind.rawValue.lowercased())/\(object.name)"
    }

    /// - Parameter next: the next starts of changed jobs, by name.
    static func json(_ result: ApplyResult, next: [String: [NextStart]]) -> JSONValue {
        [
            "changes": .array(
                result.objects.filter { $0.change != .unchanged }.map { object in
                    [
                        "kind": .text(object.kind.rawValue), "name": .text(object.name),
                        "change": .text(object.change.rawValue), "revision": JSONValue(object.revision),
                        "fields": .array(fields(object).map(JSONValue.text)),
                        "inWords": JSONValue(inWords(object)),
                        "next": .array((object.kind == .job ? next[object.name] ?? [] : []).map(\.json)),
                    ]
                }),
            "unchanged": JSONValue(result.count(.unchanged)),
            "assignments": .array(
                result.assignments.map { assignment in
                    [
                        "job": .text(assignment.job), "client": .text(assignment.client),
                        "change": .text(assignment.change.rawValue),
                    ]
                }),
            "cancelledRuns": JSONValue(result.cancelledRuns),
        ]
    }

    /// What is different, as lines: none of what was created or removed.
    static func fields(_ object: ApplyResult.Object) -> [String] {
        guard object.before != nil, object.after != nil else { return [] }
        return DefinitionDiff(from: object.before, to: object.after).lines
    }

    /// When a job is due or a window opens, in plain English, where that is new or other than it was.
    static func inWords(_ object: ApplyResult.Object) -> String? {
        switch (object.before, object.after) {
        case (.job(let before), .job(let after)) where before.schedule == after.schedule: return nil
        case (_, .job(let job)): return job.schedule.inWords
        case (.window(let before), .window(let after)) where before.inWords == after.inWords: return nil
        case (_, .window(let window)): return window.inWords
        default: return nil
        }
    }

    /// What was created, as its manifest says it; its kind and name, which stand first, are told already.
    static func manifest(_ object: ApplyResult.Object) -> [String] {
        guard object.before == nil, let after = object.after else { return [] }
        return ManifestWriter.text(after).split(separator: "\n").dropFirst(2).map(String.init)
    }
}
