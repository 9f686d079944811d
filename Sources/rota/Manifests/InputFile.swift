import Glibc

/// A file that a command reads whole; `-` is standard input.
enum InputFile {
    /// So much is read at most: 256 MiB.
    static let most = 256 * 1_048_576

    /// - Throws: `CommandFailure` where it cannot be read, or is too large.
    static func read(_ path: String) throws -> [UInt8] {
        guard path != "-" else { return try bytes(of: STDIN_FILENO, path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        return try bytes(of: descriptor, path)
    }

    private static func bytes(of descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path, errno) }
            bytes += chunk[..<count]
            guard bytes.count <= most else {
                throw CommandFailure("it is larger than 256 MiB", mend: "split it into several files", at: path)
            }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure("it cannot be read: \(String(cString: strerror(code)))", at: path)
    }
}
