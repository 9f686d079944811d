/// Reads comma-separated values (RFC 4180) record by record: quotes, quoted line ends, CR LF, a byte-order mark.
///
/// Where the first line has semicolons and no commas, as spreadsheets of some countries write it, those separate.
struct CSVReader {
    enum Item: Hashable {
        case record(CSVRecord)
        /// What is wrong with a record; those after it are read on.
        case fault(Problem)
    }

    private let file: String
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var index: Int
    private var position = Position(line: 1, column: 1)

    init(bytes: [UInt8], file: String) {
        self.file = file
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        index = self.bytes.startIndex
        let heading = self.bytes.prefix { $0 != Self.lineFeed }
        let hasOnlySemicolons = heading.contains(UInt8(ascii: ";")) && !heading.contains(UInt8(ascii: ","))
        separator = UInt8(ascii: hasOnlySemicolons ? ";" : ",")
    }

    /// Nil at the end.
    mutating func next() -> Item? {
        guard index < bytes.endIndex else { return nil }
        var record = CSVRecord(line: position.line, cells: [])
        do throws(Problem) {
            repeat { record.cells.append(try cell()) } while take(separator)
            try takeLineEnd()
            return .record(record)
        } catch {
            skipLine()
            return .fault(error)
        }
    }

    private mutating func cell() throws(Problem) -> CSVRecord.Cell {
        let start = position
        let raw = peek == Self.quote ? try quoted() : plain()
        guard let text = String(validating: raw, as: UTF8.self) else {
            throw Problem(file: file, at: start, "this is not UTF-8 text", hint: "save the file as UTF-8")
        }
        return CSVRecord.Cell(text: text, position: start)
    }

    /// Up to the next separator or line end, without the spaces around it.
    private mutating func plain() -> ArraySlice<UInt8> {
        let start = index
        while let byte = peek, byte != separator, byte != Self.lineFeed, byte != Self.carriageReturn { advance() }
        var text = bytes[start..<index]
        while text.first == Self.space { text.removeFirst() }
        while text.last == Self.space { text.removeLast() }
        return text
    }

    private mutating func quoted() throws(Problem) -> ArraySlice<UInt8> {
        let start = position
        advance()
        var text: [UInt8] = []
        while let byte = peek {
            advance()
            guard byte == Self.quote else {
                text.append(byte)
                continue
            }
            guard peek == Self.quote else { return text[...] }
            text.append(byte)
            advance()
        }
        throw Problem(file: file, at: start, "this quote is never closed", hint: "end the cell with '\"'")
    }

    private mutating func takeLineEnd() throws(Problem) {
        if peek == Self.carriageReturn { advance() }
        guard peek == nil || peek == Self.lineFeed else {
            throw Problem(
                file: file, at: position, "there is text after the closing quote",
                hint: "write a quote inside of a quoted cell twice")
        }
        if peek != nil { advance() }
    }

    private mutating func skipLine() {
        while let byte = peek, byte != Self.lineFeed { advance() }
        if peek != nil { advance() }
    }

    private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        advance()
        return true
    }

    private mutating func advance() {
        let byte = bytes[index]
        index += 1
        if byte == Self.lineFeed {
            position = Position(line: position.line + 1, column: 1)
        } else if byte & 0xC0 != 0x80 {
            // A column is a scalar: bytes that go on with one are not counted.
            position.column += 1
        }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let space = UInt8(ascii: " ")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
