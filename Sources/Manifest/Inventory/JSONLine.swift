/// Reads one line of JSON (RFC 8259) into nodes, so that what it says is read as a manifest's fields are.
struct JSONLine {
    private static let most = 64 * 1024

    private let bytes: ArraySlice<UInt8>
    private let file: String
    private let line: Int
    private var index: Int

    init(bytes: ArraySlice<UInt8>, line: Int, file: String) {
        self.bytes = bytes
        self.line = line
        self.file = file
        index = bytes.startIndex
    }

    /// Nil where the line is empty.
    mutating func document() throws(Problem) -> Node? {
        guard bytes.count <= Self.most else {
            throw fault("the line is longer than 64 KiB", "an asset has a few short facts")
        }
        skipSpace()
        guard peek != nil else { return nil }
        let node = try value(depth: 0)
        skipSpace()
        guard peek == nil else { throw fault("there is something after the object", "write one object a line") }
        return node
    }

    private mutating func value(depth: Int) throws(Problem) -> Node {
        guard depth < Limits.depth else {
            throw fault("this is nested more than \(Limits.depth) deep", "an asset is a flat object")
        }
        let position = position
        switch peek {
        case UInt8(ascii: "{"): return Node(position: position, content: .map(try object(depth: depth)))
        case UInt8(ascii: "["): return Node(position: position, content: .list(try array(depth: depth)))
        case UInt8(ascii: "\""):
            return Node(position: position, content: .scalar(.init(text: try string(), isMissing: false)))
        default: return Node(position: position, content: .scalar(try word()))
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var keys: Set<String> = []
        try items(until: UInt8(ascii: "}")) { parser throws(Problem) in
            let position = parser.position
            guard parser.peek == UInt8(ascii: "\"") else { throw parser.fault("a key in quotes is missing here", nil) }
            let key = try parser.string()
            guard keys.insert(key).inserted else {
                throw parser.fault("the key \(key.quoted) is there twice", "keep one of the two", at: position)
            }
            parser.skipSpace()
            guard parser.take(UInt8(ascii: ":")) else { throw parser.fault("a ':' is missing here", nil) }
            parser.skipSpace()
            entries.append(
                Node.Entry(key: key, keyPosition: position, value: try parser.value(depth: depth + 1)))
        }
        return entries
    }

    private mutating func array(depth: Int) throws(Problem) -> [Node] {
        var nodes: [Node] = []
        try items(until: UInt8(ascii: "]")) { parser throws(Problem) in
            nodes.append(try parser.value(depth: depth + 1))
        }
        return nodes
    }

    /// What stands between brackets, with commas between.
    private mutating func items(
        until end: UInt8, _ item: (inout JSONLine) throws(Problem) -> Void
    ) throws(Problem) {
        index += 1
        skipSpace()
        if take(end) { return }
        while true {
            try item(&self)
            skipSpace()
            if take(end) { return }
            guard take(UInt8(ascii: ",")) else {
                throw fault("a ',' or '\(Character(Unicode.Scalar(end)))' is missing here", nil)
            }
            skipSpace()
        }
    }

    /// `true`, `null`, a number: kept as it is written, but for an exponent.
    private mutating func word() throws(Problem) -> Node.Scalar {
        let start = index
        while let byte = peek, !",:]} \t\r".utf8.contains(byte) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if text == "null" { return .init(text: "", isMissing: true) }
        if text == "true" || text == "false" { return .init(text: text, isMissing: false) }
        switch JSONNumber.read(text) {
        case .number(let number): return .init(text: number, isMissing: false)
        case .tooLong:
            index = start
            throw fault(
                "the number \(text.quoted) is out of bounds",
                "written out without an exponent it may have \(JSONNumber.mostCharacters) characters; "
                    + "round it, or write a text in double quotes")
        case .none:
            index = start
            throw fault("a value is missing here", "texts stand in double quotes")
        }
    }

    private mutating func string() throws(Problem) -> String {
        let start = position
        index += 1
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw fault("this is not UTF-8 text", "save the file as UTF-8", at: start)
                }
                return valid
            case UInt8(ascii: "\\"): text += try escape()
            default: text.append(byte)
            }
        }
        throw fault("this quote is never closed", "an object stands on one line", at: start)
    }
}

extension JSONLine {
    private mutating func escape() throws(Problem) -> [UInt8] {
        guard let byte = peek else { throw fault("an escape has no end", nil) }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return try unicode()
        default: throw fault("there is no such escape", "write '\\\\' for a backslash")
        }
    }

    private mutating func unicode() throws(Problem) -> [UInt8] {
        var units = [try hexadecimal()]
        if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: "\\u".utf8) {
            index += 2
            units.append(try hexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw fault("this escape is half of a character", nil)
        }
        return Array(text.utf8)
    }

    private mutating func hexadecimal() throws(Problem) -> UInt16 {
        let digits = bytes[index...].prefix(4)
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw fault("'\\u' needs four hexadecimal digits", nil)
        }
        index += 4
        return unit
    }

    private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D { index += 1 }
    }

    private var position: Position {
        Position(line: line, column: bytes[..<index].count { $0 & 0xC0 != 0x80 } + 1)
    }

    private func fault(_ message: String, _ hint: String?, at place: Position? = nil) -> Problem {
        Problem(file: file, at: place ?? position, message, hint: hint)
    }
}
