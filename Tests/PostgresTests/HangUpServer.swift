import Glibc
import TestSupport

/// Takes TCP connections and ends each at once, as a port forwarder does whose server is down.
final class HangUpServer: Sendable {
    let port: UInt16
    private let listening: Int32

    init() throws {
        listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        port = try LoopbackSocket.listen(listening)
        startThread { [listening] in
            while case let client = accept(listening, nil, nil), client >= 0 { Glibc.close(client) }
            Glibc.close(listening)
        }
    }

    func close() {
        shutdown(listening, Int32(SHUT_RDWR))
    }
}
