import Model
import Reports

/// All that is known of one thing: what it is, line by line, and lists of what belongs to it.
struct Description {
    struct Line {
        var name: String
        var text: String
        var style: Style?
    }

    struct Section {
        var title: String
        var table: Table
        /// What is said where there is none.
        var empty: String
    }

    var heading: String
    var lines: [Line] = []
    var sections: [Section] = []
    var json: JSONValue

    init(_ heading: String, json: JSONValue) {
        self.heading = heading
        self.json = json
    }

    /// Adds a line, unless there is nothing to say.
    mutating func add(_ name: String, _ text: String?, style: Style? = nil) {
        if let text { lines.append(Line(name: name, text: text, style: style)) }
    }

    mutating func add(_ title: String, _ table: Table, empty: String) {
        sections.append(Section(title: title, table: table, empty: empty))
    }

    func show(_ output: OutputOptions, on terminal: Terminal = .output) throws {
        guard output.isForPeople else { return try output.show(json) }
        try StandardOutput.write(text(wide: output.isWide, on: terminal))
    }

    func text(wide: Bool, on terminal: Terminal) -> String {
        var text = Style.heading.paint(PlainText.line(heading), on: terminal) + "\n"
        let width = lines.map { $0.name.count }.max() ?? 0
        for line in lines {
            let name = line.name + String(repeating: " ", count: width - line.name.count)
            let value = PlainText.line(line.text)
            text += "  \(Style.faint.paint(name, on: terminal))  \(line.style?.paint(value, on: terminal) ?? value)\n"
        }
        for section in sections {
            text += "\n" + Style.heading.paint(section.title, on: terminal) + "\n"
            text +=
                section.table.rows.isEmpty
                ? "  \(section.empty)\n" : section.table.rendered(on: terminal, wide: wide)
        }
        return text
    }
}
