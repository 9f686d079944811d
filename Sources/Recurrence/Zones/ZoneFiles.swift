#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The system's compiled zone data.
enum ZoneFiles {
    /// What changes when a file is replaced or rewritten.
    struct Stamp: Equatable {
        var device, inode, size, seconds, nanoseconds: Int64
    }

    /// `TZDIR` alone where it is set, and else the places where systems keep their data.
    static func directories() -> [String] {
        if let value = getenv("TZDIR"), value.pointee != 0 { return [String(cString: value)] }
        return ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]
    }

    /// Nil where there is no regular file of that path.
    static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        return Stamp(
            device: Int64(truncatingIfNeeded: status.st_dev), inode: Int64(truncatingIfNeeded: status.st_ino),
            size: Int64(status.st_size), seconds: Int64(changed.tv_sec), nanoseconds: Int64(changed.tv_nsec))
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The whole file; one byte more than `most` where it is larger.
    static func read(_ path: String, most: Int) throws(TZifReader.Problem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TZifReader.Problem(text: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: most + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                #if canImport(Darwin)
                    Darwin.read(descriptor, $0.baseAddress! + count, $0.count - count)
                #elseif canImport(Glibc)
                    Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count)
                #else
                    Musl.read(descriptor, $0.baseAddress! + count, $0.count - count)
                #endif
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw TZifReader.Problem(text: String(cString: strerror(errno))) }
            if got == 0 { break }
            count += got
        }
        return Array(bytes[..<count])
    }

    /// The edition that `tzdata.zi` names in its first line (`# version 2026a`), in the first directory that has one.
    static func version() -> String? {
        for directory in directories() {
            let path = "\(directory)/tzdata.zi"
            guard stamp(path) != nil else { continue }
            do throws(TZifReader.Problem) {
                let line = try read(path, most: 63).prefix { $0 != UInt8(ascii: "\n") }
                let words = String(decoding: line, as: UTF8.self).split(separator: " ")
                if words.count == 3, words[1] == "version" { return String(words[2]) }
            } catch {
                // It may not be read: the data beside it may.
                return nil
            }
        }
        return nil
    }

    /// The names of what is in a directory, `.` and `..` left out; empty where it cannot be read.
    static func list(_ path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
