import Glibc
import TestSupport

/// A name for a file of a test's.
enum Scratch {
    static func path() throws -> String {
        var template = Array("/tmp/pg-note.XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw TestSupportError("/tmp takes no file: error \(errno)") }
        close(descriptor)
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
