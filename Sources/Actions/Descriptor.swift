import CGuard
import Glibc

/// A file descriptor. Who uses its number closes it when done: otherwise it is closed after its last mention, which may
/// be before the number's last use.
final class Descriptor {
    /// Negative where there is none (any more).
    private(set) var number: CInt

    init(_ number: CInt) { self.number = number }

    deinit { close() }

    func close() {
        guard number >= 0 else { return }
        _ = Glibc.close(number)
        number = -1
    }
}

/// Two descriptors that are connected.
struct DescriptorPair {
    let mine: Descriptor
    let theirs: Descriptor

    /// Both ends of a channel that keeps messages apart; nil, with `errno`, where there are no more descriptors.
    static func channel() -> DescriptorPair? {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        return DescriptorPair(mine: Descriptor(ends[0]), theirs: Descriptor(ends[1]))
    }

    /// A pipe that is read here, without waiting, and written there.
    static func pipe() -> DescriptorPair? {
        var ends: [CInt] = [-1, -1]
        guard guard_output(&ends) == 0 else { return nil }
        return DescriptorPair(mine: Descriptor(ends[0]), theirs: Descriptor(ends[1]))
    }
}
