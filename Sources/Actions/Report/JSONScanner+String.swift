extension JSONScanner {
    /// A string's characters.
    mutating func string() throws(JSONProblem) -> String {
        guard byte == UInt8(ascii: "\"") else { throw problem("a string was expected") }
        place += 1
        var text: [UInt8] = []
        while let byte {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
            case 0..<0x20: throw problem("a control character in a string")
            default: text.append(byte)
            }
        }
        throw problem("a string does not end")
    }

    private mutating func escaped() throws(JSONProblem) -> Unicode.Scalar {
        guard let byte else { throw problem("a string does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw problem("an unknown escape in a string")
        }
    }

    private mutating func unicode() throws(JSONProblem) -> Unicode.Scalar {
        let first = try unit()
        guard first != 0 else { throw problem("NUL in a string") }
        if let scalar = Unicode.Scalar(first) { return scalar }
        // What is no scalar is one half of a pair.
        guard first < 0xDC00, byte == UInt8(ascii: "\\") else { throw problem("half a surrogate pair") }
        place += 1
        guard byte == UInt8(ascii: "u") else { throw problem("half a surrogate pair") }
        place += 1
        let second = try unit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
        else { throw problem("half a surrogate pair") }
        return scalar
    }

    private mutating func unit() throws(JSONProblem) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("'\\u' needs four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            place += 1
        }
        return value
    }
}
