/// Decodes UTF-8 and counts lines on the way, so that whatever is refused is refused with its place.
struct SourceDecoder {
    let file: String
    private(set) var scalars: [Unicode.Scalar] = []
    private(set) var lineStarts = [0]
    /// Signs such as `,` and `- ` that begin a value or divide two, wherever they stand.
    private var signs = 0

    init(file: String) { self.file = file }

    private var position: Position {
        Position(line: lineStarts.count, column: scalars.count - lineStarts[lineStarts.count - 1] + 1)
    }

    /// - Parameter bytes: at most one more than a file may have.
    mutating func decode(_ bytes: [UInt8]) throws(Problem) {
        scalars.reserveCapacity(bytes.count)
        let allowed = bytes.prefix(Limits.bytes)
        let good = Self.validPrefix(of: allowed)
        for scalar in String(decoding: good, as: UTF8.self).unicodeScalars { try append(scalar) }
        guard bytes.count <= Limits.bytes else {
            throw refused("the file is larger than 256 KiB", "split it into several files")
        }
        guard good.count == allowed.count else {
            throw refused("this is not UTF-8 text", "save the file as UTF-8")
        }
    }

    /// What is UTF-8 at the beginning of the bytes: nearly always all of them.
    private static func validPrefix(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        var codec = UTF8()
        var iterator = bytes.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = codec.decode(&iterator) { count += UTF8.width(scalar) }
        return bytes.prefix(count)
    }

    private mutating func append(_ scalar: Unicode.Scalar) throws(Problem) {
        switch scalar.value {
        case 0x21...0x7E, 0x20: break
        case 0x09, 0x0A, 0x0D: break
        // A byte-order mark at the beginning is what some editors write; anywhere else it is hidden text.
        case 0xFEFF where scalars.isEmpty: return
        case _ where scalar.isHidden:
            throw refused("a hidden character (\(scalar.codePoint)) is not allowed", "take it out")
        case _ where Disguise.range.contains(scalar.value):
            throw refused("a private character (\(scalar.codePoint)) is not allowed", "take it out")
        default: break
        }
        try count(scalar)
        // CR LF is one end of line, a CR alone is one too.
        if scalar != "\n", scalars.last == "\r" { lineStarts.append(scalars.count) }
        scalars.append(scalar)
        if scalar == "\n" { lineStarts.append(scalars.count) }
    }

    /// No YAML holds more than twice as many values as it has of these signs, so that a file with far too many is refused
    /// before anything is composed of it. Signs within texts count too, and so the limit is a generous one.
    private mutating func count(_ scalar: Unicode.Scalar) throws(Problem) {
        switch scalar {
        case ",", "[", "{": signs += 1
        case " ", "\n", "\r":
            guard let last = scalars.last, last == "-" || last == ":" || last == "?" else { return }
            signs += 1
        default: return
        }
        guard signs <= Limits.signs else { throw refused(Limits.tooManyNodes, Limits.split) }
    }

    private func refused(_ message: String, _ hint: String) -> Problem {
        Problem(file: file, at: position, message, hint: hint)
    }
}
