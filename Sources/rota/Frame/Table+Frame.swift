extension Table {
    /// What stands around the cells: a box, or two spaces between them.
    struct Frame {
        let widths: [Int]
        let terminal: Terminal

        var top: String { rule("┌", "┬", "┐") }
        var middle: String { rule("├", "┼", "┤") }
        var bottom: String { rule("└", "┴", "┘") }

        /// Gives the last column what the longest note needs more, as far as the terminal has it.
        static func widen(_ widths: inout [Int], for notes: [Cell?], within limit: Int) {
            guard let last = widths.indices.last else { return }
            let inside = widths.reduce(3 * (widths.count - 1), +)
            let longest = notes.reduce(0) { max($0, $1.map { TextWidth.of($0.text) + indent.count } ?? 0) }
            widths[last] += max(0, min(longest, limit - 4) - inside)
        }

        private static let indent = "  "

        func line(_ cells: [String]) -> String {
            guard terminal.hasBox else {
                var line = cells.joined(separator: "  ")
                while line.last == " " { line.removeLast() }
                return line + "\n"
            }
            return "\(bar) \(cells.joined(separator: " \(bar) ")) \(bar)\n"
        }

        /// A sentence under a row, in the table's whole width, or the terminal's where there is no box. What needs more
        /// than three lines is cut.
        func note(_ cell: Cell) -> String {
            let inside = terminal.hasBox ? widths.reduce(3 * (widths.count - 1), +) : (terminal.width ?? .max)
            return TextWidth.wrapped(cell.text, to: inside - Self.indent.count, most: 3).map { line in
                let text = Self.indent + line
                guard terminal.hasBox else { return text + "\n" }
                return "\(bar) \(text)\(String(repeating: " ", count: max(0, inside - TextWidth.of(text)))) \(bar)\n"
            }.joined()
        }

        private var bar: String { Style.faint.paint("│", on: terminal) }

        private func rule(_ left: String, _ middle: String, _ right: String) -> String {
            guard terminal.hasBox else { return "" }
            let dashes = widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle)
            return Style.faint.paint(left + dashes + right, on: terminal) + "\n"
        }
    }
}
