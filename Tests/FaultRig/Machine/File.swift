import Glibc
import TestSupport

public enum File {
    public static func write(_ text: String, to path: String, mode: mode_t) throws {
        let number = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard number >= 0 else { throw TestSupportError("\(path) cannot be made: error \(errno)") }
        defer { close(number) }
        guard Glibc.write(number, text, text.utf8.count) == text.utf8.count, fchmod(number, mode) == 0 else {
            throw TestSupportError("\(path) cannot be written: error \(errno)")
        }
    }

    public static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "re") else { throw TestSupportError("\(path) cannot be read: error \(errno)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    public static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
