import Glibc

/// Standard output, written whole or not at all silently: a reader that has had enough is no failure, a full disk is.
enum StandardOutput {
    /// Whoever read this has gone (`rota runs | head`): there is nothing more to say, and nothing to complain of.
    struct Closed: Error {}

    static func write(_ text: String) throws { try write(Array(text.utf8)) }

    static func line(_ text: String) throws { try write(text + "\n") }

    /// - Throws: `Closed`, or `CommandFailure` where it cannot be written.
    static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EPIPE {
                throw Closed()
            } else if errno == EAGAIN {
                var readiness = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&readiness, 1, -1)
            } else if errno != EINTR {
                throw CommandFailure(
                    "cannot write to standard output: \(String(cString: strerror(errno)))",
                    mend: "free some space, or write somewhere else")
            }
        }
    }
}
