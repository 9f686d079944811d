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

    private func act(on job: String, _ planning: Planning) async throws {
        for _ in 0..<5 {
            _ = try await planning.store.pause(job: job, reason: "why", until: nil, actor: "anna")
            _ = try await planning.store.requestRuns(job: job, client: nil, asset: nil, actor: "ben")
            _ = try await planning.store.resume(job: job, actor: "anna")
        }
    }
}
