import Glibc
import TestSupport

/// A client that says only a part of what belongs together (PostgreSQL 15, chapter 55.7). Its calls block.
final class HalfClient {
    private let socket: Int32

    init(to database: TestDatabase, application: String, login: String = "postgres") throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: database.cluster.socketPath.utf8) }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw TestSupportError("\(database.cluster.socketPath) is not there: error \(errno)") }
        let words = ["user", login, "database", database.name, "application_name", application, ""]
        try send([0, 3, 0, 0] + words.flatMap { Array($0.utf8) + [0] })
        try hear("Z")
    }

    deinit { close(socket) }

    /// A statement with its results, but not the end of what belongs together.
    func begin(_ sql: String) throws {
        try send("P", [0] + Array(sql.utf8) + [0, 0, 0])
        try send("B", [0, 0, 0, 0, 0, 0, 0, 0])
        try send("E", [0, 0, 0, 0, 0])
        try send("H", [])
        try hear("C")
    }

    /// A COPY whose rows do not come.
    func copy(into table: String) throws {
        try send("Q", Array("copy \(table) from stdin".utf8) + [0])
        try hear("G")
    }

    private func send(_ kind: Character? = nil, _ body: [UInt8]) throws {
        let length = withUnsafeBytes(of: UInt32(body.count + 4).bigEndian) { Array($0) }
        let message = (kind.flatMap(\.asciiValue).map { [$0] } ?? []) + length + body
        guard write(socket, message, message.count) == message.count else {
            throw TestSupportError("the server takes nothing: error \(errno)")
        }
    }

    private func send(_ body: [UInt8]) throws { try send(nil, body) }

    /// Reads messages up to the first of this kind.
    private func hear(_ kind: Character) throws {
        while true {
            let head = try take(5)
            let length = head[1...].reduce(0) { $0 << 8 | Int($1) } - 4
            let body = try take(length)
            if head[0] == kind.asciiValue { return }
            if head[0] == UInt8(ascii: "E") { throw TestSupportError(String(decoding: body, as: UTF8.self)) }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var had = 0
        while had < count {
            let more = bytes.withUnsafeMutableBytes { read(socket, $0.baseAddress.map { $0 + had }, count - had) }
            guard more > 0 else { throw TestSupportError("the server has hung up") }
            had += more
        }
        return bytes
    }
}
