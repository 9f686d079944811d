/// A file's text, by line and column.
struct SourceText: Sendable {
    let file: String
    let scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    /// - Throws: the place at which the bytes are too many, no UTF-8, or hold something that cannot be seen.
    init(bytes: some Collection<UInt8>, file: String) throws(Problem) {
        var decoder = SourceDecoder(file: file)
        try decoder.decode(Array(bytes.prefix(Limits.bytes + 1)))
        self.file = file
        scalars = decoder.scalars
        lineStarts = decoder.lineStarts
    }

    /// Where in `scalars` the position is; nil where there is no such place.
    func index(of position: Position) -> Int? {
        guard position.line >= 1, position.line <= lineStarts.count, position.column >= 1 else { return nil }
        let index = lineStarts[position.line - 1] + position.column - 1
        return index < scalars.count ? index : nil
    }

    func position(of index: Int) -> Position {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return Position(line: low + 1, column: index - lineStarts[low] + 1)
    }

    /// The text of the document that a place is in, without the `---` before and after it.
    func document(at position: Position) -> Range<Int> {
        let here = min(max(position.line, 1), lineStarts.count) - 1
        let above = (0...here).last { isMarker(line: $0) }
        let below = (here + 1..<max(lineStarts.count, here + 1)).first { isMarker(line: $0) }
        let start = above.map { lineStarts[$0] + 3 } ?? 0
        return start..<max(start, below.map { lineStarts[$0] } ?? scalars.count)
    }

    /// The value of a key that stands at the beginning of a line, as far as that can be told without reading YAML.
    func roughValue(of key: String, in range: Range<Int>) -> String? {
        for line in scalars[range].split(separator: "\n") where line.starts(with: "\(key): ".unicodeScalars) {
            let text = String(String.UnicodeScalarView(line.dropFirst(key.unicodeScalars.count + 2)))
            return text.split { $0 == " " || $0 == "\r" || $0 == "\"" || $0 == "'" }.first.map(String.init)
        }
        return nil
    }

    private func isMarker(line: Int) -> Bool { scalars[lineStarts[line]...].starts(with: "---".unicodeScalars) }

    subscript(position: Position) -> Unicode.Scalar? { index(of: position).map { scalars[$0] } }

    /// Whether the text stands there, letter by letter.
    func holds(_ text: String, at position: Position) -> Bool {
        guard let index = index(of: position) else { return false }
        return scalars[index...].starts(with: text.unicodeScalars)
    }
}
