import Recurrence

/// Takes the words of a selector one by one, and never goes past its end.
struct SelectorReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { offset == bytes.count }

    func isAt(_ text: String) -> Bool { bytes[offset...].starts(with: text.utf8) }

    mutating func take(_ text: String) -> Bool {
        guard isAt(text) else { return false }
        offset += text.utf8.count
        return true
    }

    mutating func skipSpace() { _ = taken { $0 == 0x20 || (0x09...0x0D).contains($0) } }

    mutating func key() throws(RuleError) -> String {
        skipSpace()
        let key = taken(SelectorWords.isKey)
        guard !key.isEmpty else {
            throw fault("the key of a label or fact is missing here", "write a term such as os=linux")
        }
        return key
    }

    /// A word of letters, which may be none.
    mutating func letters() -> String { taken { (97...122).contains($0 | 0x20) } }

    mutating func value() throws(RuleError) -> String { try placedValue().text }

    /// A value, and where it stands.
    mutating func placedValue() throws(RuleError) -> (text: String, offset: Int) {
        skipSpace()
        let start = offset
        if isAt("\"") || isAt("'") { return (try quoted(), start) }
        let text = taken(SelectorWords.isPlain)
        guard !text.isEmpty else { throw fault("a value is missing here", "nothing at all is written \"\"") }
        return (text, start)
    }

    /// `(one, two)`
    mutating func list() throws(RuleError) -> [String] {
        skipSpace()
        guard take("(") else { throw fault("a '(' is missing here", "write the values like (one, two)") }
        var values: [String] = []
        repeat {
            values.append(try value())
            skipSpace()
        } while take(",")
        guard take(")") else { throw fault("a ')' is missing here", "a value with spaces stands in quotes") }
        return values
    }

    func fault(_ message: String, _ hint: String) -> RuleError { RuleError(message, hint: hint, offset: offset) }

    /// In single quotes a text stands as it is; in double ones a backslash goes before what would end it.
    private mutating func quoted() throws(RuleError) -> String {
        let start = offset
        let quote = bytes[offset]
        offset += 1
        var text: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), offset < bytes.count {
                text.append(bytes[offset])
                offset += 1
            } else {
                text.append(byte)
            }
        }
        throw RuleError("this quote is never closed", hint: "end the value with the same quote", offset: start)
    }

    private mutating func taken(_ isWanted: (UInt8) -> Bool) -> String {
        let start = offset
        while offset < bytes.count, isWanted(bytes[offset]) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}
