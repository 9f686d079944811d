import Glibc

/// Standard error: what people are told beside the answer.
enum StandardError {
    /// Lost where nobody listens any more: there is nobody left to tell that.
    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(written, 0))
        }
    }

    static func line(_ text: String) { write(text + "\n") }
}
