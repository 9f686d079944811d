import FoundationEssentials
import Glibc

/// Small things that are done with files here, in the words of this folder.
enum Files {
    /// The path from the root, with symbolic links kept: what people see is what they wrote.
    static func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path }
        let here = FileManager.default.currentDirectoryPath
        guard !here.isEmpty else {
            throw EmbeddedPostgresError(
                "the directory that this was started in is gone", hint: "change to another, or give --data a whole path"
            )
        }
        let relative = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return try absolute((here == "/" ? "" : here) + "/" + relative)
    }

    /// Makes a directory with what is missing above it; the mode is for the last, and only if it is made here.
    static func makeDirectory(_ path: String, mode: mode_t) throws {
        if exists(path) { return }
        do {
            let parent = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
            if !parent.isEmpty, !exists(parent) {
                try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            }
            // Apart from the umask, which may close it to the server's user.
            guard mkdir(path, mode) == 0, chmod(path, mode) == 0 else { throw SystemError.last }
        } catch {
            throw EmbeddedPostgresError(
                "cannot make the directory \(path): \(error)", hint: "give --data a directory that you may write to")
        }
    }

    static func exists(_ path: String) -> Bool { owner(of: path) != nil }

    /// Whose a file is; nil if there is none, or if it cannot be seen. Links are not followed.
    static func owner(of path: String) -> uid_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_uid : nil
    }

    /// The names in a directory; none if there is no such directory.
    static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// A pipe that children do not inherit unless it is handed to them.
    static func makePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
            throw EmbeddedPostgresError("cannot make a pipe: \(SystemError.last)", hint: "are too many files open?")
        }
        return (ends[0], ends[1])
    }

    /// What can be read until the other end is closed.
    static func readAll(_ file: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if count == 0 || errno != EINTR {
                return bytes
            }
        }
    }

    /// The lines of a small file; none if it cannot be read.
    static func lines(of path: String) -> [Substring] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The number on the first line of a file: a process's id in a file that is kept for saying so.
    static func firstNumber(in path: String) -> pid_t? { lines(of: path).first.flatMap { pid_t($0) } }

    /// The last words of a log, in one line: for an error that is told where the log cannot be seen. Of a server's log, the
    /// lines that say what ended it.
    static func tail(of log: String) -> String {
        let said = lines(of: log).filter { !$0.isEmpty }
        let fatal = said.filter { $0.contains("FATAL:") || $0.contains("PANIC:") }
        let last = (fatal.isEmpty ? said : fatal).suffix(3)
        return last.isEmpty ? "it said nothing" : last.joined(separator: " | ")
    }
}
