import Foundation
import Postgres
import Synchronization

@testable import rota

/// A directory that is there for one test, and the server that is started in it.
final class ServerBench: Sendable {
    /// Where everybody may go, as a server of root's runs as somebody else.
    let directory: String
    private let told = Mutex<[String]>([])

    /// - Parameter name: what the directory's own name ends with, for names that are hard to handle.
    init(name: String = "") throws {
        directory =
            FileManager.default.temporaryDirectory.appending(path: "rota-\(UUID().uuidString.prefix(8))\(name)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    /// What the server's keeper was told to say.
    var log: [String] { told.withLock { $0 } }

    func start() async throws -> EmbeddedPostgres {
        try await EmbeddedPostgres.start(dataDirectory: directory) { line in self.told.withLock { $0.append(line) } }
    }

    /// What one statement answers, on a connection of its own.
    func ask(_ server: EmbeddedPostgres, _ statement: Statement) async throws -> String {
        let connection = try await Connection.connect(Configuration(server.conninfo))
        let answer: String = try await connection.query(statement, []).only().get(0)
        await connection.close()
        return answer
    }

    func perform(_ script: String, on server: EmbeddedPostgres) async throws {
        let connection = try await Connection.connect(Configuration(server.conninfo))
        try await connection.execute(script)
        await connection.close()
    }

    /// The server's own process.
    func process() throws -> pid_t {
        guard let process = Files.firstNumber(in: directory + "/data/postmaster.pid") else { throw NoServer() }
        return process
    }

    struct NoServer: Error {}

    deinit {
        do { try FileManager.default.removeItem(atPath: directory) } catch {
            print("left behind: \(directory): \(error)")
        }
    }
}
