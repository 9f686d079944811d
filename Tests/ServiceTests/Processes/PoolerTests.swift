import FaultRig
import Postgres
import Recurrence
import Store
import TestSupport
import Testing

@Suite(.enabled(if: Pooler.isThere, "PgBouncer is not installed")) struct PoolerTests {
    @Test func `sessions that share fewer connections of a pooler's do not disturb each other`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let direct = try await database.connect()
            #expect(try await !direct.isPooled())
            try await direct.execute("create table note (who bigint, what text)")
            await direct.close()
            try await Pooler.with(database.conninfo) { pooler in
                let pool = Pool(Configuration(pooler.conninfo), size: 12)
                try await withThrowingTaskGroup { group in
                    for who in 0..<12 { group.addTask { try await talk(Int64(who), pool) } }
                    try await group.waitForAll()
                }
                let count: Int64 = try await pool.query("select count(*) from note").only().get(0)
                #expect(count == 12 * 20 * 3)
                await pool.close()
            }
        }
    }

    /// Statements of its own, in a transaction, in a pipeline and alone: each session would call its first one the same.
    private func talk(_ who: Int64, _ pool: Pool) async throws {
        let own = Statement("select $1::bigint + \(who)")
        let note: Statement = "insert into note values ($1, $2)"
        try await pool.withConnection { connection in
            #expect(try await connection.isPooled())
            for round in 0..<Int64(20) {
                #expect(try await connection.query(own, [round]).only().get(0, as: Int64.self) == round + who)
                try await connection.transaction { connection in
                    _ = try await connection.query(note, [who, "in a transaction"])
                    #expect(try await connection.query(own, [round]).only().get(0, as: Int64.self) == round + who)
                }
                let answers = try await connection.pipeline([(note, [who, "in a pipeline"]), (own, [round])])
                #expect(try answers[1].get().only().get(0, as: Int64.self) == round + who)
                try await connection.copy("copy note from stdin", [Array("\(who)\tcopied\n".utf8)])
            }
        }
    }

    @Test func `a listener says that it cannot hear through a pooler`() async throws {
        try await TestCluster.shared.withDatabase { database in
            try await Pooler.with(database.conninfo) { pooler in
                var events = Listener(Configuration(pooler.conninfo)).notifications(channels: ["a"]).makeAsyncIterator()
                guard case .disconnected(let error) = await events.next() else {
                    Issue.record("it heard something")
                    return
                }
                #expect(error.kind == .usage)
                #expect(error.hint == "listen past it, on a connection to the server itself")
            }
        }
    }

    @Test func `commands and services work behind a pooler, and cancelling takes a few seconds`() async throws {
        try await Scene.withPooler { scene in
            try await Watch.prepare(scene.pool)
            let (held, ticks) = (try scene.pipe("job"), try scene.pipe("tick"))
            _ = try scene.gate("job")
            try await scene.add(scene.job("job", "gate"))
            try await scene.add(scene.job("tick", every: 1, "tell"))
            let scheduler = try await scene.startScheduler()
            let worker = try await scene.startWorker(lease: "30s")
            for part in [scheduler, worker] { try await part.says("a pooler stands before the database") }
            for _ in 0..<3 { try await tick(ticks) }
            let migrated = try await scene.start("migrate", ["migrate"])
            #expect(try await migrated.end() == .exited(0), "\(migrated.report)")

            let asked = try await scene.start("desk", ["run", "job/job", "--as", "anna"])
            #expect(try await asked.end() == .exited(0), "\(asked.report)")
            #expect(try await held.next("the command") != .silence)
            let run: Int64 = try await scene.pool.value("select run_id from rota.leased order by run_id limit 1")
            let cancelled = try await scene.start(
                "cancel", ["cancel", "\(run)", "--reason", "not needed", "--as", "anna"])
            #expect(try await cancelled.end() == .exited(0), "\(cancelled.report)")
            try await held.silence("the end of the command", within: .seconds(20))
            try await scene.waitForEnd(of: run)
            #expect(try await scene.pool.attempts(of: run) == ["cancelled"])
            worker.send(15)
            #expect(try await worker.end() == .exited(0))
            try await Laws(scene: scene).expectNoTwoHands()
        }
    }

    /// Waits for the next line; between two of them nobody holds the pipe.
    private func tick(_ ticks: Fifo) async throws {
        while try await ticks.next("a tick") == .silence {}
    }

    @Test func `who is given a way past the pooler hears on it`() async throws {
        try await Scene.withPooler { scene in
            try await Watch.prepare(scene.pool)
            try await scene.add(scene.job("job"))
            let direct = ["ROTA_LISTEN_URL": scene.direct]
            _ = try await scene.startScheduler(environment: direct)
            let worker = try await scene.startWorker(environment: direct)
            try await scene.waitForEnd(of: try await scene.request("job"))
            let listens: Int64 = try await scene.pool.value(
                "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen %'")
            #expect(listens >= 2)
            #expect(!worker.log.text.contains("a pooler"))
        }
    }
}
