/// A file's text, by line and column.
struct SourceText: Sendable {
    let file: String
    let scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    /// - Throws: the place at which the bytes are too many, no UTF-8, or hold something that cannot be seen.
    init(bytes: some Collection<UInt8>, file: String) throws(Problem) {
        var decoder = SourceDecoder(file: file)
        try decoder.decode(bytes)
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

/// Decodes UTF-8 and counts lines on the way, so that whatever is refused is refused with its place.
private struct SourceDecoder {
    let file: String
    var scalars: [Unicode.Scalar] = []
    var lineStarts = [0]

    private var position: Position {
        Position(line: lineStarts.count, column: scalars.count - lineStarts[lineStarts.count - 1] + 1)
    }

    mutating func decode(_ bytes: some Collection<UInt8>) throws(Problem) {
        scalars.reserveCapacity(bytes.count)
        var codec = UTF8()
        var iterator = bytes.prefix(Limits.bytes).makeIterator()
        decoding: while true {
            switch codec.decode(&iterator) {
            case .scalarValue(let scalar): try append(scalar)
            case .emptyInput: break decoding
            case .error:
                if bytes.count > Limits.bytes, iterator.next() == nil { break decoding }
                throw refused("this is not UTF-8 text", "save the file as UTF-8")
            }
        }
        guard bytes.count <= Limits.bytes else {
            throw refused("the file is larger than 256 KiB", "split it into several files")
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) throws(Problem) {
        // A byte-order mark at the beginning is what some editors write; anywhere else it is hidden text.
        if scalar.value == 0xFEFF, scalars.isEmpty { return }
        let isAllowed = scalar == "\t" || scalar == "\n" || scalar == "\r" || !scalar.isHidden
        guard isAllowed else {
            throw refused("a hidden character (\(scalar.codePoint)) is not allowed", "take it out")
        }
        guard !Disguise.range.contains(scalar.value) else {
            throw refused("a private character (\(scalar.codePoint)) is not allowed", "take it out")
        }
        // CR LF is one end of line, a CR alone is one too.
        if scalar != "\n", scalars.last == "\r" { lineStarts.append(scalars.count) }
        scalars.append(scalar)
        if scalar == "\n" { lineStarts.append(scalars.count) }
    }

    private func refused(_ message: String, _ hint: String) -> Problem {
        Problem(file: file, at: position, message, hint: hint)
    }
}
