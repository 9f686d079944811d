import Model

/// Which field of an asset each column of a table holds, by its heading.
struct AssetColumns {
    private enum Column {
        case field(String)
        case label(String)
        case fact(String)
    }

    /// What a heading may be.
    static let known = ["name", "client", "is", "endpoint", "label.KEY", "fact.KEY"]

    private var columns: [Column] = []
    private let heading: CSVRecord

    /// Nil where the heading cannot be used, of which the reading has then been told.
    init?(_ heading: CSVRecord, reading: Reading) {
        self.heading = heading
        var names: Set<String> = []
        let before = reading.count
        for cell in heading.cells {
            guard names.insert(cell.text).inserted else {
                reading.refuse("the column \(cell.text.quoted) is there twice", hint: "keep one of the two", at: cell)
                continue
            }
            if let column = Self.column(cell, reading) { columns.append(column) }
        }
        for name in ["name", "client", "is"] where !names.contains(name) {
            reading.add(
                Problem(
                    file: reading.source.file, at: Position(line: heading.line, column: 1),
                    "the column '\(name)' is missing",
                    hint: "the first line names the columns: \(Self.known.joined(separator: ", "))"))
        }
        if reading.count > before { return nil }
    }

    private static func column(_ cell: CSVRecord.Cell, _ reading: Reading) -> Column? {
        let name = cell.text
        if ["name", "client", "is", "endpoint"].contains(name) { return .field(name) }
        for (prefix, make) in [("label.", Column.label), ("fact.", Column.fact)] where name.hasPrefix(prefix) {
            let key = String(name.dropFirst(prefix.count))
            if Names.isKey(key) { return make(key) }
            reading.refuse(
                "\(key.quoted) cannot be a key", hint: "use letters, digits and '.', '_', '-', '/' inside", at: cell)
            return nil
        }
        let near = nearest(name, among: known).map { "did you mean '\($0)'?" }
        reading.refuse(
            "unknown column \(name.quoted)", hint: near ?? "known are \(known.joined(separator: ", "))", at: cell)
        return nil
    }

    /// The record as a manifest would have it. An empty cell is a label or fact that is not there, or
    /// leaves what an endpoint is to the asset's kind.
    func node(_ record: CSVRecord, reading: Reading) -> Node? {
        guard record.cells.count == columns.count else {
            reading.add(
                Problem(
                    file: reading.source.file, at: Position(line: record.line, column: 1),
                    "there are \(record.cells.count) cells, and \(columns.count) columns",
                    hint: "a cell that holds '\"', a separator or a line end stands in quotes"))
            return nil
        }
        var (fields, labels, facts): ([Node.Entry], [Node.Entry], [Node.Entry]) = ([], [], [])
        for (column, cell) in zip(columns, record.cells) {
            switch column {
            case .field(let name): if name != "endpoint" || !cell.text.isEmpty { fields.append(entry(name, cell)) }
            case .label(let key): if !cell.text.isEmpty { labels.append(entry(key, cell)) }
            case .fact(let key): if !cell.text.isEmpty { facts.append(entry(key, cell)) }
            }
        }
        let start = Position(line: record.line, column: 1)
        for (name, entries) in [("labels", labels), ("facts", facts)] where !entries.isEmpty {
            let map = Node(position: entries[0].keyPosition, content: .map(entries))
            fields.append(Node.Entry(key: name, keyPosition: map.position, value: map))
        }
        return Node(position: start, content: .map(fields))
    }

    private func entry(_ key: String, _ cell: CSVRecord.Cell) -> Node.Entry {
        let scalar = Node.Scalar(text: cell.text, textPosition: nil, isMissing: false)
        return Node.Entry(
            key: key, keyPosition: cell.position, value: Node(position: cell.position, content: .scalar(scalar)))
    }
}

extension Reading {
    fileprivate func refuse(_ message: String, hint: String, at cell: CSVRecord.Cell) {
        add(Problem(file: source.file, at: cell.position, message, hint: hint))
    }
}
