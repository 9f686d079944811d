import CLibPQ

/// The first line of what libpq itself has to say of a connection. The others are advice, or quote data.
///
/// Where a session ended while something was being sent, libpq keeps the server's goodbye only as such a text; as it is
/// asked for verbose ones, the line is `FATAL:  57P01: terminating connection …`.
struct LibpqMessage {
    let text: String
    let sqlState: String?

    init(_ postgres: OpaquePointer) {
        self.init(String(cString: PQerrorMessage(postgres)))
    }

    init(_ message: String) {
        let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? "the connection broke"
        let parts = line.split(separator: ": ", maxSplits: 2).map { $0.drop(while: \.isWhitespace) }
        guard parts.count == 3, LibpqMessage.isState(parts[1]) else {
            (text, sqlState) = (line, nil)
            return
        }
        (text, sqlState) = (String(parts[2]), String(parts[1]))
    }

    private static func isState(_ word: Substring) -> Bool {
        word.utf8.count == 5 && word.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
