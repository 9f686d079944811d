import Glibc
import Store

enum EvidenceFile {
    /// A file's whole content, under its name without the folders.
    ///
    /// - Throws: `CommandFailure` where it cannot be read, or is larger than is kept.
    static func read(_ path: String) throws -> Evidence {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure("it is no file", mend: "give a file", at: path)
        }
        guard status.st_size <= Evidence.largest else {
            throw CommandFailure(
                "it has \(status.st_size) bytes, and at most \(Evidence.largest) are kept",
                mend: "pack it, or keep it elsewhere and give a note of where", at: path)
        }
        return Evidence(
            name: String(path.split(separator: "/").last ?? "evidence"),
            content: try bytes(of: descriptor, path, most: Evidence.largest))
    }

    private static func bytes(of descriptor: Int32, _ path: String, most: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while content.count <= most {
            let count = Glibc.read(descriptor, &block, block.count)
            if count == 0 { return content }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw unreadable(path) }
            content += block[..<count]
        }
        throw CommandFailure("it grew while it was read", mend: "give a file that is finished", at: path)
    }

    private static func unreadable(_ path: String) -> CommandFailure {
        CommandFailure("it cannot be read: \(String(cString: strerror(errno)))", at: path)
    }
}
