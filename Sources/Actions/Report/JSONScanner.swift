/// What is wrong with a piece of JSON; `place` counts its bytes from 0.
struct JSONProblem: Error, Hashable {
    var message: String
    var place: Int
}

/// Walks over JSON (RFC 8259) without building values, so that what is kept is kept to the byte.
///
/// It refuses what PostgreSQL's `jsonb` would: NUL in a string, half a surrogate pair, a number too large.
struct JSONScanner {
    static let deepest = 32

    let bytes: [UInt8]
    var place = 0

    /// The bytes must be UTF-8.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    func problem(_ message: String) -> JSONProblem { JSONProblem(message: message, place: place) }

    mutating func skipSpaces() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    /// Skips spaces, and the character if it is the next one.
    mutating func take(_ character: UInt8) -> Bool {
        skipSpaces()
        guard byte == character else { return false }
        place += 1
        return true
    }

    mutating func expect(_ character: UInt8) throws(JSONProblem) {
        guard take(character) else { throw problem("'\(Character(Unicode.Scalar(character)))' is missing") }
    }

    /// Skips one value, and says where it stands.
    mutating func value(depth: Int = 1) throws(JSONProblem) -> Range<Int> {
        skipSpaces()
        let start = place
        switch byte {
        case UInt8(ascii: "{"): _ = try members(depth: depth)
        case UInt8(ascii: "["): _ = try elements(depth: depth)
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
        return start..<place
    }

    /// An object's keys, and where their values stand.
    mutating func members(depth: Int = 1) throws(JSONProblem) -> [(key: String, value: Range<Int>)] {
        guard depth <= Self.deepest else { throw problem("it is deeper than \(Self.deepest)") }
        try expect(UInt8(ascii: "{"))
        var members: [(key: String, value: Range<Int>)] = []
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpaces()
            let key = try string()
            try expect(UInt8(ascii: ":"))
            members.append((key, try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return members
    }

    /// Where the values of an array stand.
    mutating func elements(depth: Int = 1) throws(JSONProblem) -> [Range<Int>] {
        guard depth <= Self.deepest else { throw problem("it is deeper than \(Self.deepest)") }
        try expect(UInt8(ascii: "["))
        var elements: [Range<Int>] = []
        if take(UInt8(ascii: "]")) { return elements }
        repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return elements
    }

    private mutating func word(_ word: String) throws(JSONProblem) {
        for expected in word.utf8 {
            guard byte == expected else { throw problem("'\(word)' was expected") }
            place += 1
        }
    }

    private mutating func digits() throws(JSONProblem) -> Range<Int> {
        let start = place
        while let byte, (0x30...0x39).contains(byte) { place += 1 }
        guard place > start else { throw problem("a value was expected") }
        return start..<place
    }

    private mutating func number() throws(JSONProblem) {
        let start = place
        if byte == UInt8(ascii: "-") { place += 1 }
        let whole = try digits()
        guard whole.count == 1 || bytes[whole.lowerBound] != UInt8(ascii: "0") else {
            throw JSONProblem(message: "a number begins with 0", place: start)
        }
        if byte == UInt8(ascii: ".") {
            place += 1
            _ = try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            place += 1
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { place += 1 }
            let exponent = try digits()
            guard exponent.count <= 3 else { throw JSONProblem(message: "a number is too large", place: start) }
        }
        guard place - start <= 1000 else { throw JSONProblem(message: "a number is too long", place: start) }
    }
}
