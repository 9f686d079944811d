import Reports

/// What was found, for people: a check a line, and under it how to mend it.
struct CheckText {
    private let checks: [Check]
    private let nameWidth: Int

    init(_ checks: [Check]) {
        self.checks = checks
        nameWidth = checks.map(\.name.count).max() ?? 0
    }

    func text(on terminal: Terminal) -> String {
        checks.map { line($0, on: terminal) }.joined() + summary + "\n"
    }

    private func line(_ check: Check, on terminal: Terminal) -> String {
        let name = check.name + String(repeating: " ", count: nameWidth - check.name.count)
        let result = check.result.rawValue + (check.result == .ok ? "  " : "")
        let indent = String(repeating: " ", count: nameWidth + 8)
        var lines = wrapped(check.seen, terminal)
        if let mend = check.mend { lines += wrapped("→ \(mend)", terminal) }
        let first = "\(check.result.style.paint(result, on: terminal))  \(name)  \(lines.first ?? "")\n"
        return first + lines.dropFirst().map { "\(indent)\($0)\n" }.joined()
    }

    private func wrapped(_ text: String, _ terminal: Terminal) -> [String] {
        let text = PlainText.line(text)
        guard let width = terminal.width else { return [text] }
        return TextWidth.wrapped(text, to: max(20, width - nameWidth - 8), most: 8)
    }

    private var summary: String {
        let (wrong, warnings) = (checks.count { $0.result == .fail }, checks.count { $0.result == .warn })
        let look = warnings == 0 ? "" : "\(Words.count(warnings, "thing")) to look at"
        if wrong > 0 {
            return
                "\(Words.count(wrong, "thing")) \(wrong == 1 ? "is" : "are") wrong\(look.isEmpty ? "" : ", \(look)")."
        }
        return warnings == 0 ? "All is well." : "Nothing is wrong, \(look)."
    }
}

extension Check.Result {
    fileprivate var style: Style {
        switch self {
        case .ok: .good
        case .warn: .warning
        case .fail: .bad
        }
    }
}
