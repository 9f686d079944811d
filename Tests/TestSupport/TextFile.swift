import Glibc

/// Small files of a test's.
enum TextFile {
    static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "re") else { throw TestSupportError("\(path) cannot be read: error \(errno)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    static func append(_ text: String, to path: String) throws {
        guard let file = fopen(path, "ae") else { throw TestSupportError("\(path) cannot be written: error \(errno)") }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw TestSupportError("\(path) cannot be written: error \(errno)") }
    }
}
