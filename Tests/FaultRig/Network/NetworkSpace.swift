import Glibc
import TestSupport

/// A network of its own, of which nothing is left once nobody holds it any more, however this process ends.
///
/// It has one interface beside its loopback: an end of a cable, whose packets are read and written here (tun, see
/// Documentation/networking/tuntap.rst of the kernel).
final class NetworkSpace: Sendable {
    /// The end of the cable.
    let cable: Int32
    let address: String
    /// Whoever opens it may enter (setns(2)).
    private let space: Int32

    private init(space: Int32, cable: Int32, address: String) {
        self.space = space
        self.cable = cable
        self.address = address
    }

    /// - Throws: `TestSupportError` that says what this machine does not allow.
    static func make(address: String, peer: String) async throws -> NetworkSpace {
        let (space, cable) = try await offThread { try open() }
        let own = NetworkSpace(space: space, cable: cable, address: address)
        let script = """
            ip link set lo up && ip address add \(address) peer \(peer) dev \(name) && ip link set \(name) up
            """
        let process = try await ServiceProcess.start("ip", own.entered(["/bin/sh", "-c", script]))
        guard try await process.end() == .exited(0) else {
            throw TestSupportError("a network of its own cannot be set up (nsenter, ip): \(process.log.text)")
        }
        return own
    }

    deinit {
        close(cable)
        close(space)
    }

    /// How a process of this one's enters.
    var path: String { "/proc/\(getpid())/fd/\(space)" }

    /// What starts `words` in it.
    func entered(_ words: [String]) -> [String] { ["nsenter", "--net=\(path)", "--"] + words }

    private static let name = "cable"

    /// unshare(2), which Glibc's module does not show.
    private static func unshare() throws -> @convention(c) (Int32) -> Int32 {
        guard let found = dlsym(nil, "unshare") else { throw TestSupportError("there is no unshare(2) here") }
        return unsafeBitCast(found, to: (@convention(c) (Int32) -> Int32).self)
    }

    /// On a thread that ends with it, as the whole thread moves.
    private static func open() throws -> (space: Int32, cable: Int32) {
        let newNetwork: Int32 = 0x4000_0000  // CLONE_NEWNET
        guard try unshare()(newNetwork) == 0 else {
            throw TestSupportError("a network of its own is not allowed here: error \(errno)")
        }
        let space = Glibc.open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
        let cable = Glibc.open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK)
        // struct ifreq: a name of 16 bytes, and flags.
        var request = [UInt8](repeating: 0, count: 40)
        request.replaceSubrange(0..<name.utf8.count, with: name.utf8)
        let (isTun, hasNoHeader): (UInt16, UInt16) = (0x0001, 0x1000)
        withUnsafeBytes(of: isTun | hasNoHeader) { request.replaceSubrange(16..<18, with: $0) }
        let attach: UInt = 0x4004_54ca  // TUNSETIFF
        guard space >= 0, cable >= 0, ioctl(cable, attach, &request) == 0 else {
            let code = errno
            if space >= 0 { close(space) }
            if cable >= 0 { close(cable) }
            throw TestSupportError("/dev/net/tun gives no interface: error \(code)")
        }
        return (space, cable)
    }
}
