import Glibc

/// A lock on a file, which ends with the last process that holds it: also one that was killed.
final class FileLock: Sendable {
    /// For handing it on to a child, which then holds it too.
    let descriptor: Int32
    private let path: String

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw EmbeddedPostgresError(
                "cannot write \(path): \(String(cString: strerror(errno)))",
                hint: "give --data a directory that you may write to")
        }
    }

    /// Takes the lock if nobody has it.
    ///
    /// - Returns: whether it is held now.
    func take() throws -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else {
            let me = Array("\(getpid())\n".utf8)
            guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, me, me.count, 0) == me.count else {
                throw EmbeddedPostgresError(
                    "cannot write \(path): \(String(cString: strerror(errno)))", hint: "is the disk full?")
            }
            return true
        }
        guard errno == EWOULDBLOCK else {
            throw EmbeddedPostgresError(
                "cannot lock \(path): \(String(cString: strerror(errno)))",
                hint: "give --data a directory on a disk of this machine")
        }
        return false
    }

    /// Lets others take it.
    func release() { flock(descriptor, LOCK_UN) }

    /// The process that took it last.
    var holder: pid_t? { Files.firstNumber(in: path) }

    deinit { close(descriptor) }
}
