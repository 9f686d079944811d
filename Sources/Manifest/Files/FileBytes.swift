import Glibc

/// Reads files without taking more than a manifest may be.
enum FileBytes {
    /// The bytes of a file, but at most one more than is allowed: enough to see that it is too large.
    static func read(_ path: String) throws(Problem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(path, errno) }
        defer { close(descriptor) }
        let most = Limits.bytes + 1
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < most {
            let count = Glibc.read(descriptor, &chunk, min(chunk.count, most - bytes.count))
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw problem(path, errno)
            }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// What the system says, in a few words.
    static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT: return "there is no such file or folder"
        case EACCES, EPERM: return "this may not be read"
        case ELOOP: return "its links lead in a circle"
        default:
            guard let text = strerror(code) else { return "it cannot be read (error \(code))" }
            return "it cannot be read: \(String(cString: text))"
        }
    }

    private static func problem(_ path: String, _ code: Int32) -> Problem {
        Problem(file: path, message: reason(code), hint: "see to it that it can be read")
    }
}
