extension Table {
    /// The table as lines, each ended. Without a terminal: columns two spaces apart, nothing cut, so that scripts
    /// and `grep` see everything. On one: in a box, cut to its width unless `wide` asks for all of it.
    func rendered(on terminal: Terminal, wide: Bool = false) -> String {
        let table = shown(wide: wide)
        let widths = table.widths(within: wide ? nil : terminal.width, box: terminal.hasBox)
        return terminal.hasBox ? table.boxed(widths, terminal) : table.plain(widths, terminal)
    }

    private func plain(_ widths: [Int], _ terminal: Terminal) -> String {
        let heading = columns.map { Cell($0.title.uppercased(), style: .heading) }
        return ([heading] + rows).map { row in
            var line = line(row, widths, terminal, between: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private func boxed(_ widths: [Int], _ terminal: Terminal) -> String {
        func rule(_ left: String, _ middle: String, _ right: String) -> String {
            let dashes = widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle)
            return Style.faint.paint(left + dashes + right, on: terminal) + "\n"
        }
        let bar = Style.faint.paint("│", on: terminal)
        let lines = ([columns.map { Cell($0.title, style: .heading) }] + rows).map { row in
            "\(bar) \(line(row, widths, terminal, between: " \(bar) ")) \(bar)\n"
        }
        return rule("┌", "┬", "┐") + lines[0] + rule("├", "┼", "┤") + lines.dropFirst().joined() + rule("└", "┴", "┘")
    }

    private func line(_ row: [Cell], _ widths: [Int], _ terminal: Terminal, between: String) -> String {
        row.indices.map { index in
            let text = TextWidth.cut(row[index].text, to: widths[index])
            let padding = String(repeating: " ", count: max(0, widths[index] - TextWidth.of(text)))
            let painted = row[index].style.map { $0.paint(text, on: terminal) } ?? text
            return columns[index].alignment == .right ? padding + painted : painted + padding
        }.joined(separator: between)
    }

    /// As wide as what is in them, unless that is more than there is: then the widest that may be cut gives way
    /// first, until none is left that has more than a few cells.
    func widths(within limit: Int?, box: Bool) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index].text)) }
        }
        guard let limit else { return widths }
        let around = box ? 3 * columns.count + 1 : 2 * (columns.count - 1)
        var excess = widths.reduce(around, +) - limit
        for (canGive, least) in [({ self.columns[$0].isFlexible }, 10), ({ _ in true }, 4), ({ _ in true }, 1)]
            as [((Int) -> Bool, Int)]
        {
            while excess > 0 {
                let givers = widths.indices.filter { canGive($0) && widths[$0] > least }
                guard let widest = givers.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
                excess -= 1
            }
        }
        return widths
    }
}
