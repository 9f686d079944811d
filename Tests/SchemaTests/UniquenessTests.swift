import Postgres
import Testing

/// Keys by which planning a moment a second time is a no-op.
struct UniquenessTests {
    @Test func `an assignment has one occurrence a moment`() async throws {
        try await Estate.with { estate in
            let occurrence: Statement = """
                insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
                values ($1, rota.now(), '2026-02-15T12:00:00', 'UTC', 1, rota.now())
                """
            _ = try await estate.pool.query(occurrence, [Int64(1)])
            _ = try await estate.pool.query(occurrence, [Int64(2)])
            let refused = try await refusal { _ = try await estate.pool.query(occurrence, [Int64(1)]) }
            #expect(refused == "occurrence_default_pkey")
        }
    }

    @Test(arguments: [1, nil] as [Int64?])
    func `a target has one run a moment, and so has the client as a whole`(_ asset: Int64?) async throws {
        try await Estate.with { estate in
            try await estate.run(asset: asset)
            try await estate.run(asset: 2)
            try await estate.run(asset: asset, due: 1)
            let refused = try await refusal { try await estate.run(asset: asset) }
            #expect(refused == "run_default_assignment_id_asset_id_due_at_idx")
        }
    }

    @Test func `what somebody asked for may be asked for again at the same moment`() async throws {
        try await Estate.with { estate in
            for _ in 0..<2 {
                _ = try await estate.pool.query(
                    """
                    with r as (
                        insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue,
                            priority, due_at, made_at, made_by)
                        values (1, 1, 1, 1, 1, 'reactive', 'default', 50, rota.now(), rota.now(), 'ann')
                        returning id, due_at)
                    insert into rota.held (run_id, due_at, assignment_id, hold, why, since)
                    select id, due_at, 1, 'planning', 'asked for', rota.now() from r
                    """)
            }
            #expect(try await estate.pool.query("select from rota.held").count == 2)
        }
    }

    @Test func `a job is paused once at a time`() async throws {
        try await Estate.with { estate in
            let pause: Statement = """
                insert into rota.pause (job_id, reason, actor, since) values (1, 'flood', 'ann', rota.now())
                """
            _ = try await estate.pool.query(pause)
            let refused = try await refusal { _ = try await estate.pool.query(pause) }
            #expect(refused == "one_pause_a_subject")
            _ = try await estate.pool.query("update rota.pause set resumed_at = rota.now(), resumed_by = 'ann'")
            _ = try await estate.pool.query(pause)
        }
    }

    @Test func `a job always has its revision`() async throws {
        try await Estate.with { estate in
            let refused = try await refusal {
                _ = try await estate.pool.query("update rota.job set revision = 2")
            }
            #expect(refused == "job_has_its_revision")
        }
    }
}
