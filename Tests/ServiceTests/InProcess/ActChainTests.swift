import FaultRig
import Postgres
import Store
import Testing

@Suite struct ActChainTests {
    @Test func `acts of many people at once are one chain, and nothing in it is missing`() async throws {
        try await Planning.with { planning in
            for number in 0..<6 { try await planning.add(Jobs.command("job-\(number)", every: 3600)) }
            try await withThrowingTaskGroup { group in
                for number in 0..<6 {
                    group.addTask { try await act(on: "job-\(number)", planning) }
                }
                try await group.waitForAll()
            }
            let pool = planning.database.pool
            let rows = try await pool.query(
                """
                select a.id, a.previous = coalesce(lag(a.hash) over (order by a.id), ''),
                    a.hash = sha256(a.previous || convert_to(jsonb_build_array(
                        a.id, extract(epoch from a.at)::text, a.actor, a.verb, a.subject, a.reason, a.detail)::text,
                        'UTF8'))
                from rota.act a order by a.id
                """)
            #expect(try rows.map { try $0.get(0, as: Int64.self) } == Array(1...Int64(6 * 5 * 3)))
            for row in rows {
                #expect(try row.get(1, as: Bool.self))
                #expect(try row.get(2, as: Bool.self))
            }
        }
    }

    @Test func `the log of acts is neither changed nor shortened`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await act(on: "job", planning)
            for script in [
                "update rota.act set actor = 'somebody else'", "delete from rota.act", "truncate rota.act",
            ] {
                let error = await #expect(throws: PostgresError.self) { try await planning.database.execute(script) }
                #expect(error?.cause.contains("append-only") == true, "\(script): \(String(describing: error))")
            }
        }
    }

    @Test func `an act that waits for a scheduler holds up no other act`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command("job-0", every: 3600))
            try await planning.add(Jobs.command("job-1", every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let other = try #require(try await planning.database.pool.standings().last).run
            let scheduler = try await planning.database.database.connect()
            try await scheduler.execute(
                """
                begin;
                select a.id from rota.assignment a join rota.job j on j.id = a.job_id
                where j.name = 'job-0' for update of a
                """)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    _ = try await planning.store.pause(job: "job-0", reason: "why", until: nil, actor: "anna")
                }
                try await untilSomebodyWaits(planning)
                // If the first had the end of the log already, this one would wait for it, and a scheduler for this one.
                try await within(.seconds(30), "the second act") {
                    let answer = try await planning.store.cancel(run: other, reason: nil, actor: "ben")
                    #expect(answer == .cancelled)
                }
                try await scheduler.execute("commit")
                try await group.waitForAll()
            }
            await scheduler.close()
            let verbs = try await planning.database.pool.query("select verb from rota.act order by id")
            #expect(try verbs.map { try $0.get(0, as: String.self) } == ["cancel", "pause"])
        }
    }

    /// Asks again and again: waiting for a lock is an event of which the server sends no word.
    private func untilSomebodyWaits(_ planning: Planning) async throws {
        let isWaiting: Statement = """
            select exists (
                select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
            """
        while try await planning.database.pool.value(isWaiting) == false { await Task.yield() }
    }

    private func act(on job: String, _ planning: Planning) async throws {
        for _ in 0..<5 {
            _ = try await planning.store.pause(job: job, reason: "why", until: nil, actor: "anna")
            _ = try await planning.store.requestRuns(job: job, client: nil, asset: nil, actor: "ben")
            _ = try await planning.store.resume(job: job, actor: "anna")
        }
    }
}
