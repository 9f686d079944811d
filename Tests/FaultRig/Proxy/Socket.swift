import Glibc
import TestSupport

/// A stream socket as the proxy uses it: blocking calls on threads of its own.
struct Socket: Sendable {
    let number: Int32

    /// Listens on a port of 127.0.0.1 that the system chooses.
    static func listening() throws -> (socket: Socket, port: UInt16) {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(number, address, length) == 0 && listen(number, 128) == 0
                    && getsockname(number, address, &length) == 0
            }
        }
        guard number >= 0, isBound else { throw TestSupportError("the proxy has no port: error \(errno)") }
        return (Socket(number: number), UInt16(bigEndian: address.sin_port))
    }

    /// Connects to a server's unix socket; nil where nobody listens.
    static func connected(to path: String) -> Socket? {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(number, $0, length) == 0 }
        }
        guard isConnected else {
            close(number)
            return nil
        }
        return Socket(number: number)
    }

    /// Waits for the next client; nil once the socket is shut.
    func accept() -> Socket? {
        while true {
            let client = Glibc.accept(number, nil, nil)
            if client >= 0 {
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                var on: Int32 = 1
                setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                return Socket(number: client)
            }
            if errno != EINTR && errno != ECONNABORTED { return nil }
        }
    }

    /// What has come; nil at the end.
    func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(number, &bytes, bytes.count, 0)
            if count > 0 { return Array(bytes[..<count]) }
            if count == 0 || errno != EINTR { return nil }
        }
    }

    /// Whether all was taken.
    func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Ends both directions; whoever reads from it hears of it. Its number stays ours until `release`.
    func shut() {
        shutdown(number, Int32(SHUT_RDWR))
    }

    func release() {
        close(number)
    }
}
