/// A file of Swift, cut into tokens.
struct SwiftFile {
    /// From the root of the repository: `Sources/Store/RenewLease.swift`.
    let path: String
    let lineCount: Int
    let tokens: [Token]
    /// Without comments and strings.
    let code: [Token]
    var strings: [Token] { tokens.filter { $0.kind == .string } }
    var comments: [Token] { tokens.filter { $0.kind == .comment || $0.kind == .documentation } }

    init(path: String, source: String) {
        self.path = path
        lineCount = source.utf8.count { $0 == UInt8(ascii: "\n") }
        tokens = Lexer.tokens(of: source)
        code = tokens.filter { $0.kind == .word || $0.kind == .mark }
    }

    /// The room that it stands in; nil for tests.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    func fault(_ line: Int, _ what: String, _ instead: String) -> Fault {
        Fault(path: path, line: line, what: what, instead: instead)
    }
}
