import Recurrence
import Reports

/// A month for people: its weeks as a grid, and below it the days on which there is something, line by line.
struct MonthText {
    let report: MonthReport
    let now: Instant
    let terminal: Terminal
    /// Whether lines are left as long as they are.
    let isWide: Bool

    init(_ report: MonthReport, now: Instant, terminal: Terminal, wide: Bool = false) {
        self.report = report
        self.now = now
        self.terminal = terminal
        isWide = wide
    }

    /// What is not shown on a terminal is as wide as most of them, and its lines are not cut.
    private var width: Int { terminal.width ?? 80 }

    var text: String {
        let title = [report.month.title, report.client.title ?? report.client.name, report.zone.name]
        var text = paint(PlainText.line(title.joined(separator: ", ")), .heading) + "\n"
        if let cell = cellWidth {
            text += "\n" + grid(cell) + (cell >= Self.marked ? "\n" + legend + "\n" : "")
        }
        let lines = report.days.flatMap { DayLines($0, in: report).lines }
        text += "\n"
        if lines.isEmpty { text += "Nothing opens, is closed or is due.\n" }
        for line in lines { text += shown(line) }
        return text
    }

    // MARK: The grid

    /// Day, blank and four marks; with three more blanks it is airy.
    private static let marked = 7
    private static let bare = 2
    private static let airy = 10

    /// How many cells of the terminal a day has beside the blank before it; nil where no grid fits.
    private var cellWidth: Int? {
        [Self.airy, Self.marked, Self.bare].first { 2 + 7 * ($0 + 1) <= width }
    }

    private func grid(_ cell: Int) -> String {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { $0.prefix(cell < 3 ? 2 : 3) }
        var lines = [painted("wk", .faint) + names.map { " " + pad(String($0), to: cell, .heading) }.joined()]
        for week in report.month.weeks {
            lines.append(
                painted(week.number < 10 ? " \(week.number)" : "\(week.number)", .faint)
                    + week.days.map { " " + self.cell($0, cell) }.joined())
        }
        return lines.map { Self.trimmed($0) + "\n" }.joined()
    }

    private func cell(_ date: CivilDate?, _ width: Int) -> String {
        guard let date else { return String(repeating: " ", count: width) }
        let day = report.days[date.day - 1]
        let marks = DayMark.allCases.map { mark in
            mark.isOn(day) ? painted(String(mark.rawValue), mark.style) : " "
        }.joined()
        let number = date.day < 10 ? " \(date.day)" : "\(date.day)"
        let isToday = report.zone.local(now).date == date
        let style = isToday ? .heading : width >= Self.marked ? nil : DayMark.allCases.first { $0.isOn(day) }?.style
        guard width >= Self.marked else { return painted(number, style) }
        let brackets = isToday ? "*" : " "
        return painted(number, style) + brackets + marks + String(repeating: " ", count: width - Self.marked)
    }

    private var legend: String {
        let plain = DayMark.allCases.map { "\($0.rawValue) \($0.word)" } + ["* today"]
        let words = DayMark.allCases.map { painted(String($0.rawValue), $0.style) + " " + $0.word } + ["* today"]
        return words.joined(separator: plain.joined(separator: ", ").count <= width ? ", " : "\n")
    }

    // MARK: The lines below

    private func shown(_ line: DayLines.Line) -> String {
        let head = pad(line.day, to: 6, .heading) + "  " + pad(line.word, to: 7, line.style) + "  "
        let room = width - 17
        guard terminal.isTerminal, !isWide else { return Self.trimmed(head + line.text) + "\n" }
        guard room >= 12 else {
            let narrow = [line.day, line.word, line.text].filter { !$0.isEmpty }.joined(separator: " ")
            return TextWidth.cut(narrow, to: width) + "\n"
        }
        return head + TextWidth.cut(line.text, to: room) + "\n"
    }

    private func paint(_ text: String, _ style: Style) -> String {
        style.paint(terminal.isTerminal ? TextWidth.cut(text, to: width) : text, on: terminal)
    }

    private func painted(_ text: String, _ style: Style?) -> String { style?.paint(text, on: terminal) ?? text }

    private func pad(_ text: String, to width: Int, _ style: Style?) -> String {
        painted(text, style) + String(repeating: " ", count: max(0, width - TextWidth.of(text)))
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
