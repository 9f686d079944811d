import Model
import Reports
import Store

/// What importing did, or would do, as lines and as JSON.
enum ImportedAssets {
    /// So many names are told of each kind of change; JSON has all of them.
    private static let most = 100

    /// A line for what was removed, one by one, and in a rehearsal for every change; and one with the counts.
    static func lines(_ result: ImportResult, isRehearsal: Bool) -> String {
        var lines: [String] = []
        for (change, names) in changes(of: result) where isRehearsal || change == .removed {
            let word = isRehearsal ? "would be \(change.rawValue)" : change.rawValue
            lines += names.prefix(most).map { "\(word) asset/\($0)" }
            if names.count > most { lines.append("\(word): \(names.count - most) more (-o json has all of them)") }
        }
        return (lines + [summary(result, isRehearsal: isRehearsal)]).map { $0 + "\n" }.joined()
    }

    private static func summary(_ result: ImportResult, isRehearsal: Bool) -> String {
        let given = result.created.count + result.changed.count + result.unchanged
        var parts = [
            "\(result.created.count) created", "\(result.changed.count) changed", "\(result.unchanged) unchanged",
        ]
        if !result.removed.isEmpty { parts.append("\(result.removed.count) removed") }
        if result.cancelledRuns > 0 { parts.append("\(Words.count(result.cancelledRuns, "run")) cancelled") }
        if isRehearsal { parts.append("nothing was done") }
        return "\(Words.count(given, "asset")): \(parts.joined(separator: ", "))"
    }

    /// The counts, and of a rehearsal each change.
    static func json(_ result: ImportResult, isRehearsal: Bool) -> JSONValue {
        let counts: JSONValue = [
            "created": JSONValue(result.created.count), "changed": JSONValue(result.changed.count),
            "unchanged": JSONValue(result.unchanged), "removed": JSONValue(result.removed.count),
            "cancelledRuns": JSONValue(result.cancelledRuns),
        ]
        guard isRehearsal else { return counts }
        let changes = changes(of: result).flatMap { change, names in
            names.map { ["asset": .text($0), "change": .text(change.rawValue)] as JSONValue }
        }
        return counts.adding([.init("changes", .array(changes))])
    }

    private static func changes(of result: ImportResult) -> [(ApplyResult.Change, [String])] {
        [(.created, result.created), (.changed, result.changed), (.removed, result.removed)]
    }
}
