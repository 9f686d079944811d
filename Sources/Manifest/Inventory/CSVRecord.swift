/// One record of a file of comma-separated values.
struct CSVRecord: Hashable, Sendable {
    struct Cell: Hashable, Sendable {
        var text: String
        var position: Position
    }

    /// Where it begins: a quoted cell may go over several lines.
    var line: Int
    var cells: [Cell]

    /// A line with nothing on it.
    var isBlank: Bool { cells.count == 1 && cells[0].text.isEmpty }
}
