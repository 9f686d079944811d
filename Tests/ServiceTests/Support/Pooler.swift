import FaultRig
import Glibc
import TestSupport

import class FoundationEssentials.FileManager

/// PgBouncer in transaction mode before a server, with fewer connections to it than it is asked for.
struct Pooler: Sendable {
    static let program = "/usr/sbin/pgbouncer"
    static var isThere: Bool { access(program, X_OK) == 0 }

    private let directory: String
    private let database: String

    /// Runs `body` with a pooler before a database of a server on this machine.
    ///
    /// - Parameter conninfo: `host=… port=… user=… dbname=…`.
    static func with<T>(_ conninfo: String, _ body: (Pooler) async throws -> T) async throws -> T {
        var template = Array("/tmp/pooler-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestSupportError("/tmp takes no directory: error \(errno)") }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let words = conninfo.split(separator: " ")
        let database = words.first { $0.hasPrefix("dbname=") }.map { String($0.dropFirst(7)) } ?? ""
        let server = words.filter { !$0.hasPrefix("dbname=") }.joined(separator: " ")
        try File.write(configuration(server, directory), to: "\(directory)/pgbouncer.ini", mode: 0o644)
        try PlainUser.own(directory)
        // It ends with us even where we crash: what is set before a change of the user does not outlive that.
        let bound = ["setpriv", "--pdeathsig", "KILL", "--", program, "\(directory)/pgbouncer.ini"]
        let process = try await ServiceProcess.start("pgbouncer", try PlainUser.words(for: bound))
        do {
            try await process.says("process up")
            let value = try await body(Pooler(directory: directory, database: database))
            try await end(process, directory)
            return value
        } catch {
            try await end(process, directory)
            throw error
        }
    }

    private static func end(_ process: ServiceProcess, _ directory: String) async throws {
        process.send(SIGKILL)
        _ = try await process.end()
        try FileManager.default.removeItem(atPath: directory)
    }

    /// How clients reach it.
    var conninfo: String { "host=\(directory) port=6432 user=postgres dbname=\(database)" }

    private static func configuration(_ server: String, _ directory: String) -> String {
        """
        [databases]
        * = \(server)
        [pgbouncer]
        listen_addr =
        listen_port = 6432
        unix_socket_dir = \(directory)
        auth_type = any
        pool_mode = transaction
        default_pool_size = 3
        max_client_conn = 100

        """
    }
}
