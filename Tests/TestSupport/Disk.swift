import Glibc

/// A small disk in memory with the files of one server, which a test can fill.
public struct Disk: Sendable {
    let path: String
    private var ballast: String { "\(path)/ballast" }

    /// Why no disk can be mounted here; nil where one can.
    public static func whyNot() throws -> String? {
        guard geteuid() == 0 else { return "only root may mount a disk" }
        let trial = "d=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs $d && umount $d; e=$?; rmdir $d; exit $e"
        let ending = try Command(words: ["/bin/sh", "-c", trial]).runToEnd()
        return ending.status == 0 ? nil : "no disk can be mounted here: \(ending.output)"
    }

    /// Whoever keeps the server takes it away again.
    static func mount(mebibytes: Int, at path: String) throws -> Disk {
        guard let user = try ServerPrograms.plainUser() else { throw TestSupportError("only root may mount a disk") }
        guard mkdir(path, 0o700) == 0 else { throw TestSupportError("\(path) cannot be made: error \(errno)") }
        let options = "size=\(mebibytes)m,mode=0700,uid=\(user.id),gid=\(user.group)"
        try Command(words: ["mount", "-t", "tmpfs", "-o", options, "tmpfs", path]).run()
        return Disk(path: path)
    }

    /// Fills it to the last page.
    public func fill() throws {
        // That it ends with an error is what it is for.
        _ = try Command(words: ["dd", "if=/dev/zero", "of=\(ballast)", "bs=4k", "status=none"]).runToEnd()
    }

    /// Makes the room again that `fill` took.
    public func makeRoom() throws {
        guard unlink(ballast) == 0 else { throw TestSupportError("\(ballast) cannot be removed: error \(errno)") }
    }
}
