/// Cuts Swift source into tokens, well enough for the rules here: strings of all kinds with what is put into them,
/// nested comments, names in backticks. It knows no regex literals; none are in this repository's sources.
struct Lexer {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var tokens: [Token] = []

    static func tokens(of source: String) -> [Token] {
        var lexer = Lexer(bytes: Array(source.utf8))
        lexer.readCode(untilClosed: false)
        return lexer.tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads to the end, or to the bracket that closes what is put into a string.
    private mutating func readCode(untilClosed: Bool) {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): readLineComment()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): readBlockComment()
            case UInt8(ascii: "\""): readString()
            case UInt8(ascii: "#") where opensString: readString()
            case UInt8(ascii: "`"): readQuotedName()
            case _ where Self.isNamePart(byte): readName()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
            default:
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if untilClosed && depth == 0 { return }
                    depth -= 1
                }
                add(.mark, [byte], line, isGlued: position > 0 && bytes[position - 1] > UInt8(ascii: " "))
                advance()
            }
        }
    }

    private mutating func readLineComment() {
        let (start, begun) = (position, line)
        while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
        addComment(from: start, line: begun, documents: "///")
    }

    private mutating func readBlockComment() {
        let (start, begun) = (position, line)
        var depth = 0
        repeat {
            if peek() == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
                depth += 1
                advance()
            } else if peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
                depth -= 1
                advance()
            }
            advance()
        } while depth > 0 && peek() != nil
        addComment(from: start, line: begun, documents: "/**")
    }

    private mutating func addComment(from start: Int, line: Int, documents opening: String) {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        tokens.append(Token(kind: text.hasPrefix(opening) ? .documentation : .comment, text: text, line: line))
    }

    private mutating func readName() {
        let (start, begun) = (position, line)
        while let byte = peek(), Self.isNamePart(byte) { advance() }
        add(.word, bytes[start..<position], begun)
    }

    private mutating func readQuotedName() {
        let (start, begun) = (position, line)
        advance()
        while let byte = peek(), byte != UInt8(ascii: "`") { advance() }
        advance()
        add(.word, bytes[start..<position], begun)
    }

    /// Whether the `#` here, or those that follow it, begin a raw string.
    private var opensString: Bool {
        var ahead = 0
        while peek(ahead) == UInt8(ascii: "#") { ahead += 1 }
        return peek(ahead) == UInt8(ascii: "\"")
    }

    private mutating func readString() {
        let begun = line
        var hashes = 0
        while peek() == UInt8(ascii: "#") {
            hashes += 1
            advance()
        }
        let quotes = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") ? 3 : 1
        advance(quotes)
        let fence = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        let closing = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        var text: [UInt8] = []
        while let byte = peek(), !stands(closing) {
            guard stands(escape) else {
                text.append(byte)
                advance()
                continue
            }
            advance(escape.count)
            if peek() == UInt8(ascii: "(") {
                advance()
                readCode(untilClosed: true)
                advance()
                text += Array("\\()".utf8)
            } else if let escaped = peek() {
                text += [UInt8(ascii: "\\"), escaped]
                advance()
            }
        }
        advance(closing.count)
        add(.string, text, begun)
    }

    private func stands(_ expected: [UInt8]) -> Bool { bytes[position...].starts(with: expected) }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func add(
        _ kind: Token.Kind, _ text: some Sequence<UInt8>, _ line: Int, isGlued: Bool = false
    ) {
        let text = String(decoding: Array(text), as: UTF8.self)
        tokens.append(Token(kind: kind, text: text, line: line, isGlued: isGlued))
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 128...:
            true
        default: false
        }
    }
}
