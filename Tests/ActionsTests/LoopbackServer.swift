import Glibc
import Synchronization
import Testing

@testable import Actions

/// A small HTTP server on the loopback interface: it answers every request in the same way, and keeps what it was
/// asked.
final class LoopbackServer: Sendable {
    private let listener: CInt
    private let kept = Mutex<[String]>([])
    let port: UInt16

    /// `answer` is sent as it is; nil leaves every request without one.
    init(answering answer: String?) throws {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        try #require(bound)
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        _ = startThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let request = Self.request(on: connection) else { continue }
                self?.kept.withLock { $0.append(request) }
                guard let answer else { continue }
                _ = send(connection, answer, answer.utf8.count, CInt(MSG_NOSIGNAL))
                close(connection)
            }
        }
    }

    deinit { shutdown(listener, CInt(SHUT_RDWR)) }

    /// Head and body of each request, in order.
    var requests: [String] { kept.withLock(\.self) }

    private static func request(on connection: CInt) -> String? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes += piece.prefix(count)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let head = text.firstRange(of: "\r\n\r\n") else { continue }
            let lengths = text[..<head.lowerBound].lowercased().split(separator: "\r\n").compactMap { line in
                line.hasPrefix("content-length: ") ? Int(line.dropFirst(16)) : nil
            }
            if text[head.upperBound...].utf8.count >= lengths.first ?? 0 { return text }
        }
    }
}
