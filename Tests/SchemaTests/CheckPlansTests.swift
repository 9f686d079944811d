import Postgres
import Testing

/// What the checks of arriving and departing runs read.
@Suite struct CheckPlansTests {
    private static let make: Statement = """
        with made as (
            insert into rota.run (job_id, revision, client_id, lane, queue, priority, due_at, made_at, made_by)
            select 1, 1, 1, 'reactive', 'default', 50, rota.now() + n * interval '1 second', rota.now(), 'anna'
            from generate_series($1::int, $2::int) n
            returning id, due_at
        )
        insert into rota.held (run_id, due_at, hold, why, since)
        select id, due_at, 'window', 'closed', rota.now() from made
        """

    private static let move: Statement = """
        with gone as (
            delete from rota.held where ctid = (select h.ctid from rota.held h order by h.run_id desc limit 1)
            returning run_id, due_at
        )
        insert into rota.waiting (run_id, due_at, waits_for, since) select run_id, due_at, 'task', rota.now() from gone
        """

    /// Rows that were read because a table was read as a whole, by this transaction; but for the one from which it moves them itself.
    private static let readAll: Statement = """
        select coalesce(sum(seq_tup_read), 0)::bigint from pg_stat_xact_user_tables
        where schemaname = 'rota' and relname ~ '^(run|ready|done)'
        """

    @Test func `they look each run up by its key, also where the server thinks that the tables are empty`() async throws
    {
        try await Estate.with { estate in
            try await estate.database.execute("vacuum analyze")
            let (before, after) = try await estate.pool.transaction { connection in
                for range: (Int32, Int32) in [(1, 1), (2, 2), (3, 1000)] {
                    _ = try await connection.query(Self.make, [range.0, range.1])
                    _ = try await connection.query(Self.move, [])
                }
                let before: Int64 = try await connection.query(Self.readAll, []).only().get(0)
                _ = try await connection.query(Self.make, [1001, 1001])
                _ = try await connection.query(Self.move, [])
                return (before, try await connection.query(Self.readAll, []).only().get(0) as Int64)
            }
            #expect(after - before < 100)
        }
    }
}
