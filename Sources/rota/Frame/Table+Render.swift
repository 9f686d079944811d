extension Table {
    /// The table as lines, each ended. Without a terminal: columns two spaces apart, nothing cut, so that scripts
    /// and `grep` see everything. On one: in a box, cut to its width unless `wide` asks for all of it.
    func rendered(on terminal: Terminal, wide: Bool = false) -> String {
        let shown = shown(wide: wide)
        guard let limit = terminal.width, !wide else {
            return shown.lines(widths: shown.widths(within: nil, box: terminal.hasBox), notes: nil, terminal)
        }
        let (table, notes) = shown.withNotesApart()
        var widths = table.widths(within: limit, box: terminal.hasBox)
        if terminal.hasBox { Frame.widen(&widths, for: notes, within: limit) }
        return table.lines(widths: widths, notes: notes, terminal)
    }

    /// The table without its column of notes, and these, one for each row that has one.
    private func withNotesApart() -> (Table, notes: [Cell?]) {
        guard let note = columns.firstIndex(where: \.isNote) else { return (self, rows.map { _ in nil }) }
        var table = Table(columns.indices.filter { $0 != note }.map { columns[$0] })
        for row in rows { table.add(row.indices.filter { $0 != note }.map { row[$0] }) }
        return (table, rows.map { $0[note].isNothing ? nil : $0[note] })
    }

    private func lines(widths: [Int], notes: [Cell?]?, _ terminal: Terminal) -> String {
        let frame = Frame(widths: widths, terminal: terminal)
        let title = { (column: Column) in terminal.hasBox ? column.title : column.title.uppercased() }
        var text = frame.top + frame.line(cells(columns.map { Cell(title($0), style: .heading) }, widths, terminal))
        text += frame.middle
        for (index, row) in rows.enumerated() {
            text += frame.line(cells(row, widths, terminal))
            if let note = notes?[index] { text += frame.note(note) }
        }
        return text + frame.bottom
    }

    private func cells(_ row: [Cell], _ widths: [Int], _ terminal: Terminal) -> [String] {
        row.indices.map { index in
            let text = TextWidth.cut(row[index].text, to: widths[index])
            let padding = String(repeating: " ", count: max(0, widths[index] - TextWidth.of(text)))
            let painted = row[index].style.map { $0.paint(text, on: terminal) } ?? text
            return columns[index].alignment == .right ? padding + painted : painted + padding
        }
    }

    /// As wide as what is in them, unless that is more than there is: then the widest that may be cut gives way
    /// first, until none is left that has more than a few cells.
    func widths(within limit: Int?, box: Bool) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index].text)) }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(box ? 3 * columns.count + 1 : 2 * (columns.count - 1), +) - limit
        let all = Array(columns.indices)
        for (givers, least) in [(all.filter { columns[$0].isFlexible }, 10), (all, 4), (all, 1)] {
            while excess > 0, let widest = givers.max(by: { widths[$0] < widths[$1] }), widths[widest] > least {
                widths[widest] -= 1
                excess -= 1
            }
        }
        return widths
    }
}
