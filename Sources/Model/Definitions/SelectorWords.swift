/// What the words of a selector are made of.
enum SelectorWords {
    /// Whether a byte may stand in a value without quotes.
    static func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7F && !",()=!<>\"'\\".utf8.contains(byte)
    }

    /// Whether a byte may stand in a key: a label's, or a fact's.
    static func isKey(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "-._/".utf8.contains(byte) }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }

    /// A value as it is written: in quotes where it would be read as something else without.
    static func written(_ value: String) -> String {
        if !value.isEmpty, value.utf8.allSatisfy(isPlain) { return value }
        return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
