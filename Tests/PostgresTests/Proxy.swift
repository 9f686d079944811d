import Glibc
import Synchronization
import TestSupport

/// A TCP server in front of a cluster's socket that can fall silent, as a network does that was cut somewhere.
///
/// It lives until the test process ends: a few descriptors.
final class Proxy: Sendable {
    let port: UInt16
    private let isSilent = Atomic<Bool>(false)
    private let sockets = Mutex<[Int32]>([])

    init(to cluster: Cluster) throws {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        port = try LoopbackSocket.listen(listening)
        let file = "\(cluster.directory)/.s.PGSQL.5432"
        startThread { [self] in
            while case let client = accept(listening, nil, nil), client >= 0 {
                serve(client, Result { try LoopbackSocket.connect(toFile: file) })
            }
        }
    }

    /// From now on nothing passes, in either direction, and nobody is told.
    func fallSilent() {
        isSilent.store(true, ordering: .relaxed)
    }

    /// Ends every connection.
    func cut() {
        for socket in sockets.withLock({ $0 }) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private func serve(_ client: Int32, _ server: Result<Int32, any Error>) {
        guard case .success(let server) = server else {
            close(client)
            return
        }
        sockets.withLock { $0 += [client, server] }
        startThread { self.pass(from: client, to: server) }
        startThread { self.pass(from: server, to: client) }
    }

    private func pass(from source: Int32, to sink: Int32) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(source, &bytes, bytes.count), count > 0 {
            if isSilent.load(ordering: .relaxed) { continue }
            var sent = 0
            while sent < count {
                let more = send(sink, Array(bytes[sent..<count]), count - sent, Int32(MSG_NOSIGNAL))
                guard more > 0 else { return }
                sent += more
            }
        }
        shutdown(sink, Int32(SHUT_RDWR))
    }
}
