import Postgres
import TestSupport
import Testing

@Suite struct PoolTests {
    @Test func `a pool has never more connections than its size, and all of its callers are served`() async throws {
        try await withPool(size: 3) { pool, observer in
            let most = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...60 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            try await connection.value(
                                """
                                select count(*) from pg_stat_activity
                                where datname = current_database() and application_name = 'pool'
                                """)
                        }
                    }
                }
                return try await group.reduce(0) { max($0, $1) }
            }
            #expect(most <= 3)
        }
    }

    @Test func `a connection is used again`() async throws {
        try await withPool(size: 3) { pool, _ in
            var processes: Set<Int32> = []
            for _ in 1...10 { processes.insert(try await pool.withConnection { $0.serverProcess }) }
            #expect(processes.count == 1)
        }
    }

    @Test func `whoever waited longest is served first`() async throws {
        try await withPool(size: 1) { pool, _ in
            let order = Recorder()
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { connection in
                    _ = try await connection.query("select 1")
                }
                let (held, hold) = AsyncStream.makeStream(of: Void.self)
                let (lent, lend) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    try await pool.withConnection { _ in
                        lend.finish()
                        for await _ in held {}
                    }
                }
                for await _ in lent {}
                for number in 1...5 {
                    group.addTask { try await pool.withConnection { _ in order.add(number) } }
                    while pool.waiting < number { await Task.yield() }
                }
                hold.finish()
                try await group.waitForAll()
            }
            #expect(order.numbers == [1, 2, 3, 4, 5])
        }
    }

    @Test func `waiting for a connection ends at its deadline, and with its task`() async throws {
        try await withPool(size: 1) { pool, _ in
            let kinds = try await pool.withConnection { _ in
                let late = await failure { try await pool.query("select 1", deadline: .milliseconds(20)) }
                let cancelled = await withTaskGroup(of: PostgresError?.self) { group in
                    group.addTask { await failure { try await pool.query("select 1") } }
                    while pool.waiting < 1 { await Task.yield() }
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                return [late?.kind, cancelled?.kind]
            }
            #expect(kinds == [.deadline, .cancelled])
            #expect(pool.waiting == 0)
            let answer = try await pool.query("select 1").count
            #expect(answer == 1)
        }
    }

    @Test func `no connection is lost to callers who give up`() async throws {
        try await withPool(size: 2) { pool, _ in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        let deadline: Duration = number % 3 == 0 ? .microseconds(number * 10) : .seconds(30)
                        _ = await failure {
                            try await pool.withConnection(deadline: deadline) { try await $0.query("select 1") }
                        }
                    }
                    if number % 50 == 49 { group.cancelAll() }
                }
            }
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...10 { group.addTask { try await pool.query("select 1").count } }
                return try await group.reduce(0, +)
            }
            #expect(answers == 10)
        }
    }

    @Test func `a broken connection is replaced before it is lent`() async throws {
        try await withPool(size: 2) { pool, observer in
            for _ in 1...10 {
                let process = try await pool.withConnection { $0.serverProcess }
                _ = try await observer.query("select pg_terminate_backend($1, 10000)", [process])
                let next = try await pool.query("select pg_backend_pid()").only().get(0, as: Int32.self)
                #expect(next != process)
            }
        }
    }

    @Test func `a connection that breaks in somebody's hands is not lent again`() async throws {
        try await withPool(size: 1) { pool, observer in
            let error = await failure {
                try await pool.withConnection { connection in
                    let process = connection.serverProcess
                    _ = try await observer.query("select pg_terminate_backend($1, 10000)", [process])
                    return try await connection.query("select 1")
                }
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.sqlState == "57P01", "\(String(describing: error))")
            let answer = try await pool.query("select 1").count
            #expect(answer == 1)
        }
    }

    @Test func `a transaction left open does not become the next caller's`() async throws {
        try await withPool(size: 1) { pool, observer in
            try await observer.execute("create table things (n int)")
            try await pool.withConnection { connection in
                try await connection.execute("begin; insert into things values (1)")
            }
            let seen = try await pool.query("select * from things").count
            #expect(seen == 0)
        }
    }

    @Test func `who waits in vain for a server is told what was wrong with it, not that the time is up`() async throws {
        let pool = Pool(Configuration("host=/nowhere", deadline: .milliseconds(300)), size: 1, waitsForServer: true)
        let error = await failure { try await pool.query("select 1") }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.cause.contains("/nowhere") ?? false, "\(error?.cause ?? "no error")")
        await pool.close()
    }

    @Test func `a server that was never there is an error at once`() async throws {
        let pool = Pool(Configuration("host=/nowhere"), size: 1)
        for _ in 1...2 {
            let error = await failure { try await pool.query("select 1") }
            #expect(error?.kind == .cannotConnect)
        }
    }

    @Test func `a closed pool closes its connections and refuses callers, those in line too`() async throws {
        try await withPool(size: 1) { pool, observer in
            let kind = try await pool.withConnection { _ in
                async let waiting = failure { try await pool.query("select 1") }
                while pool.waiting < 1 { await Task.yield() }
                await pool.close()
                return await waiting?.kind
            }
            let later = await failure { try await pool.query("select 1") }
            #expect((kind, later?.kind) == (.usage, .usage))
            try await untilTrue(
                """
                select count(*) = 0 from pg_stat_activity
                where datname = current_database() and application_name = 'pool'
                """, [], observer)
        }
    }
}
