import Model

/// What a command says of its work in the last line of its output, if that line is a JSON object.
///
/// `{"result": …, "findings": [{"key": …, "severity": …, "text": …}]}`: both may be left out. An object with neither is
/// the result itself. What cannot be read is told in `problems`, never dropped in silence.
struct RunReport: Hashable {
    /// The longest line that is read as a report, in bytes: 64 KiB.
    static let limit = 65_536

    var result: String?
    var findings: [Finding]?
    var problems: [String] = []

    init(result: String? = nil, problems: [String] = []) {
        self.result = result
        self.problems = problems
    }

    /// Nil where the line is no report, nor means to be one.
    init?(line: [UInt8]) {
        guard line.first == UInt8(ascii: "{") else { return nil }
        guard String(validating: line, as: UTF8.self) != nil else {
            problems = ["the last line of its output begins as JSON, but is not UTF-8"]
            return
        }
        var scanner = JSONScanner(line)
        do throws(JSONProblem) {
            let members = try scanner.members()
            scanner.skipSpaces()
            guard scanner.byte == nil else { throw scanner.problem("there is more after the object") }
            read(members, of: line)
        } catch {
            problems = [
                "the last line of its output begins as JSON, but is not: \(error.message) (byte \(error.place + 1))"
            ]
        }
    }

    private mutating func read(_ members: [(key: String, value: Range<Int>)], of line: [UInt8]) {
        guard members.contains(where: { $0.key == "result" || $0.key == "findings" }) else {
            result = String(decoding: line, as: UTF8.self)
            return
        }
        var seen: Set<String> = []
        for member in members {
            guard seen.insert(member.key).inserted else {
                problems.append("its report has '\(member.key)' twice: the first counts")
                continue
            }
            let value = Array(line[member.value])
            switch member.key {
            case "result": result = String(decoding: value, as: UTF8.self)
            case "findings": readFindings(value)
            default: problems.append("its report has an unknown key '\(member.key)'")
            }
        }
    }

    private mutating func readFindings(_ value: [UInt8]) {
        let reading = FindingsReader(value)
        findings = reading.findings
        problems += reading.problems
    }
}
