import Glibc
import Postgres

@testable import TestSupport

/// What this process holds.
enum Usage {
    /// The number of open files, once no thread of the client's is left; they end on their own time.
    static func descriptorsWhenThreadsEnded() async throws -> Int {
        while try threads() > 0 { await Task.yield() }
        return try entries("/proc/self/fd").count
    }

    /// One of each thing that holds a connection.
    static func everything(_ configuration: Configuration) async throws {
        let connection = try await Connection.connect(configuration)
        _ = await failure { try await connection.query("select pg_sleep(600)", deadline: .milliseconds(5)) }
        await connection.close()
        let pool = Pool(configuration, size: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...6 { group.addTask { _ = try await pool.query("select 1") } }
            try await group.waitForAll()
        }
        await pool.close()
        var events = Listener(configuration).notifications(channels: ["words"]).makeAsyncIterator()
        _ = await events.next()
        _ = await failure { try await Connection.connect(Configuration("host=/nowhere")) }
        // Dropped without a word.
        _ = try await Connection.connect(configuration).query("select 1")
    }

    /// Only the client's own threads are named so.
    private static func threads() throws -> Int {
        try entries("/proc/self/task").count { thread in
            switch Result(catching: { try TextFile.read("/proc/self/task/\(thread)/comm") }) {
            case .success(let name): name.hasPrefix("p")
            case .failure: false  // It ended meanwhile.
            }
        }
    }

    private static func entries(_ directory: String) throws -> [String] {
        guard let stream = opendir(directory) else { throw TestSupportError("\(directory) cannot be read") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }
}
