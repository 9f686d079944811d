import Glibc
import Postgres
import TestSupport
import Testing

@Suite struct RestartTests {
    @Test func `callers of a pool outlive a restart of the server`() async throws {
        let cluster = try await Cluster.start()
        let pool = Pool(cluster.configuration(), size: 3)
        try await withThrowingTaskGroup(of: Int.self) { group in
            let (stream, started) = AsyncStream.makeStream(of: Void.self)
            for _ in 1...5 {
                group.addTask {
                    var problems = 0
                    while !Task.isCancelled {
                        do {
                            _ = try await pool.query("select 1")
                            started.yield()
                        } catch let error as PostgresError where error.isConnectionProblem || error.kind == .cancelled {
                            problems += 1
                        }
                    }
                    return problems
                }
            }
            var answers = stream.makeAsyncIterator()
            for _ in 1...20 { await answers.next() }
            try await cluster.restart(.immediate)
            let back = try await pool.query("select 1").count
            #expect(back == 1)
            group.cancelAll()
            try await group.waitForAll()
        }
        await pool.close()
    }

    @Test func `a pool waits for a server that comes back, and gives up at the deadline`() async throws {
        let cluster = try await Cluster.start()
        let pool = Pool(cluster.configuration(), size: 1)
        _ = try await pool.query("select 1")
        try await cluster.kill()
        let error = await failure {
            try await pool.withConnection(deadline: .milliseconds(200)) { try await $0.query("select 1") }
        }
        #expect(error?.kind == .cannotConnect)
        async let answer = pool.query("select 1").count
        try await cluster.start()
        #expect(try await answer == 1)
        await pool.close()
    }

    @Test func `writing to a server that is gone does not end the process`() async throws {
        let cluster = try await Cluster.start()
        let connections = [
            try await Connection.connect(cluster.configuration()),
            try await Connection.connect(cluster.configuration()),
        ]
        signal(SIGPIPE, SIG_DFL)
        try await cluster.kill()
        for connection in connections {
            for _ in 1...3 {
                let error = await failure { try await connection.query("select 1") }
                #expect(error?.kind == .connectionLost)
            }
        }
    }
}
