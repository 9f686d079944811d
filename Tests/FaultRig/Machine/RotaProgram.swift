import Glibc
import TestSupport

/// The executable that was built together with these tests.
public enum RotaProgram {
    /// Beside the test's own executable.
    public static func path() throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard length > 0 else { throw TestSupportError("/proc/self/exe cannot be read: error \(errno)") }
        let own = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        for directory in [directory(of: own), directory(of: CommandLine.arguments[0])] {
            let path = "\(directory)/rota"
            if access(path, X_OK) == 0 { return path }
        }
        throw TestSupportError("there is no rota beside \(own)\n  build it: swift build --build-tests")
    }

    private static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
