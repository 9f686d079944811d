import Model

/// Reads the findings of a report: every one that is right, and what is wrong with each of the others.
struct FindingsReader {
    /// More problems than these are only counted.
    private static let mostProblems = 10

    /// Nil where the value is no list.
    private(set) var findings: [Finding]?
    private(set) var problems: [String] = []
    private var keys: Set<String> = []

    /// The value must be JSON.
    init(_ value: [UInt8]) {
        var scanner = JSONScanner(value)
        do {
            let elements = try scanner.elements()
            findings = []
            for (index, element) in elements.prefix(Finding.most).enumerated() {
                read(Array(value[element]), number: index + 1)
            }
            if elements.count > Finding.most {
                problems.append("it reported \(elements.count) findings: only the first \(Finding.most) are kept")
            }
        } catch {
            problems = ["'findings' in its report is no list"]
        }
        if problems.count > Self.mostProblems {
            let more = problems.count - Self.mostProblems
            problems = problems.prefix(Self.mostProblems) + ["and \(more) more problems with its findings"]
        }
    }

    private mutating func read(_ value: [UInt8], number: Int) {
        var scanner = JSONScanner(value)
        do throws(JSONProblem) {
            var texts: [String: String] = [:]
            for member in try scanner.members() {
                guard ["key", "severity", "text"].contains(member.key) else {
                    throw JSONProblem(message: "has an unknown key '\(member.key)'", place: 0)
                }
                var inner = JSONScanner(Array(value[member.value]))
                guard inner.byte == UInt8(ascii: "\"") else {
                    throw JSONProblem(message: "has a '\(member.key)' that is no text", place: 0)
                }
                texts[member.key] = try inner.string()
            }
            let finding = try Self.finding(texts)
            guard keys.insert(finding.key).inserted else {
                throw JSONProblem(message: "has the key '\(finding.key)' of an earlier one", place: 0)
            }
            findings?.append(finding)
        } catch {
            let what = value.first == UInt8(ascii: "{") ? error.message : "is no object"
            problems.append("finding \(number) \(what)")
        }
    }

    private static func finding(_ texts: [String: String]) throws(JSONProblem) -> Finding {
        guard let key = texts["key"], !key.isEmpty else { throw JSONProblem(message: "has no 'key'", place: 0) }
        guard key.utf8.count <= Finding.longestKey else {
            throw JSONProblem(message: "has a 'key' of more than \(Finding.longestKey) bytes", place: 0)
        }
        guard let text = texts["text"] else { throw JSONProblem(message: "has no 'text'", place: 0) }
        guard text.utf8.count <= Finding.longestText else {
            throw JSONProblem(message: "has a 'text' of more than \(Finding.longestText) bytes", place: 0)
        }
        guard let word = texts["severity"] else { throw JSONProblem(message: "has no 'severity'", place: 0) }
        guard let severity = Finding.Severity(rawValue: word) else {
            let known = Finding.Severity.allCases.map(\.rawValue).joined(separator: ", ")
            throw JSONProblem(message: "has the severity '\(word)', which is none of \(known)", place: 0)
        }
        return Finding(key: key, severity: severity, text: text)
    }
}
