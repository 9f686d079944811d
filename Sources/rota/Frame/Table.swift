/// Rows under headings, for people. Rendering it is pure: given the same terminal it is always the same text.
struct Table: Sendable {
    struct Column: Sendable {
        enum Alignment: Sendable { case left, right }

        var title: String
        var alignment: Alignment
        /// May be cut when the terminal is too narrow; the others only when that is not enough.
        var isFlexible: Bool
        /// Shown with `-o wide` alone.
        var isWide: Bool
        /// A sentence: on a terminal it has the whole width under its row. One a table at most.
        var isNote: Bool

        init(
            _ title: String, _ alignment: Alignment = .left, flexible: Bool = false, wide: Bool = false,
            note: Bool = false
        ) {
            self.title = title
            self.alignment = alignment
            isFlexible = flexible
            isWide = wide
            isNote = note
        }
    }

    struct Cell: Sendable, ExpressibleByStringLiteral {
        /// Harmless for a terminal already.
        let text: String
        let style: Style?
        let isNothing: Bool

        /// Nothing is shown as `-`.
        init(_ text: String?, style: Style? = nil) {
            isNothing = text == nil
            self.text = text.map(PlainText.line) ?? "-"
            self.style = text == nil ? .faint : style
        }

        init(_ number: (some BinaryInteger)?, style: Style? = nil) {
            self.init(number.map { String($0) }, style: style)
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    var columns: [Column]
    /// Each has a cell for every column, the wide ones included.
    private(set) var rows: [[Cell]] = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ row: [Cell]) {
        precondition(row.count == columns.count, "\(row.count) cells for \(columns.count) columns")
        rows.append(row)
    }

    /// The columns that are shown, and their cells.
    func shown(wide: Bool) -> Table {
        let kept = columns.indices.filter { wide || !columns[$0].isWide }
        var table = Table(kept.map { columns[$0] })
        table.rows = rows.map { row in kept.map { row[$0] } }
        return table
    }
}
