/// What a client tells a server, message by message (PostgreSQL 15, chapter 55.7).
struct FrontendMessages {
    /// One message, whole.
    struct Message {
        let bytes: ArraySlice<UInt8>
        /// Whether it makes the server commit something of which the client then waits to hear.
        let commits: Bool
        /// Its letter; the first message has none.
        let kind: UInt8?
    }

    private var rest: [UInt8] = []
    private var isStarted = false
    /// The statements that were prepared, by name.
    private var statements: [String: Bool] = [:]
    private var portals: [String: Bool] = [:]

    /// Takes what came, and gives the messages that are whole by now.
    mutating func take(_ bytes: [UInt8]) -> [Message] {
        rest += bytes
        var messages: [Message] = []
        while let length = nextLength, rest.count >= length {
            let message = rest[..<length]
            messages.append(
                Message(
                    bytes: message, commits: isStarted && commits(message), kind: isStarted ? message.first : nil))
            isStarted = true
            rest = Array(rest[length...])
        }
        return messages
    }

    /// The first message has no kind before its length.
    private var nextLength: Int? {
        let begin = isStarted ? 1 : 0
        guard rest.count >= begin + 4 else { return nil }
        return begin + rest[begin..<(begin + 4)].reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func commits(_ message: ArraySlice<UInt8>) -> Bool {
        let texts = Self.texts(message.dropFirst(5))
        switch message.first {
        case UInt8(ascii: "Q"):
            return Self.isCommit(texts[0])
        case UInt8(ascii: "P"):
            statements[texts[0]] = Self.isCommit(texts[1])
        case UInt8(ascii: "B"):
            portals[texts[0]] = statements[texts[1]] ?? false
        case UInt8(ascii: "E"):
            return portals[texts[0]] ?? false
        default:
            break
        }
        return false
    }

    /// A COMMIT, or a worker's verb outside a transaction, which commits by itself.
    private static func isCommit(_ sql: String) -> Bool {
        let sql = sql.lowercased()
        return sql == "commit" || ["rota.finish", "rota.release"].contains { sql.contains($0) }
    }

    /// The first two texts, each of which ends with a zero byte.
    private static func texts(_ body: ArraySlice<UInt8>) -> [String] {
        let parts = body.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        let texts = parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }
        return texts + Array(repeating: "", count: 2 - texts.count)
    }
}
