import Glibc

/// Two descriptors tied to each other. Neither is inherited by a process that is started meanwhile, which `pipe` cannot
/// promise.
struct Channel {
    let ours: Int32
    let theirs: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw TestSupportError("no descriptors are left: error \(errno)")
        }
        (ours, theirs) = (ends[0], ends[1])
    }
}
