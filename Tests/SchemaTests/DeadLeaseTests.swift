import Postgres
import Testing

/// What is left of leases that have ended, until the server tidies up.
struct DeadLeaseTests {
    @Test func `the end of a batch looks at its own lease, however many dead ones an old snapshot keeps`() async throws
    {
        try await Estate.with { estate in
            let fresh = try await estate.blocksReadByAnEnd(from: 0)
            try await estate.pool.withConnection { holder in
                try await holder.transaction { holder in
                    _ = try await holder.query("set transaction isolation level repeatable read")
                    _ = try await holder.query("select count(*) from rota.lease")
                    try await estate.database.execute(Self.deadLeases)
                    let dead = try await estate.blocksReadByAnEnd(from: 10)
                    #expect(dead <= fresh + 20, "blocks read: \(fresh) at first, \(dead) with 20,000 dead leases")
                }
            }
        }
    }

    @Test func `who makes runs walks over no leases, however many dead ones an old snapshot keeps`() async throws {
        try await Estate.with { estate in
            let fresh = try await estate.blocksReadByNewRuns(due: 0)
            try await estate.pool.withConnection { holder in
                try await holder.transaction { holder in
                    _ = try await holder.query("set transaction isolation level repeatable read")
                    _ = try await holder.query("select count(*) from rota.lease")
                    try await estate.database.execute(Self.deadLeases)
                    _ = try await estate.pool.query("select setval('rota.run_id', 20001)")
                    let dead = try await estate.blocksReadByNewRuns(due: 1)
                    #expect(dead <= fresh + 20, "blocks read: \(fresh) at first, \(dead) with 20,000 dead leases")
                }
            }
        }
    }

    private static let deadLeases = """
        begin;
        set local rota.verb = 'on';
        insert into rota.lease (id, worker_id, leased_at, expires_at, runs, dues)
        select nextval('rota.lease_id'), 1, rota.now(), rota.now() + interval '30 s', array[n], array[rota.now()]
        from generate_series(1, 20000) n;
        delete from rota.lease;
        commit;
        """
}

extension Estate {
    /// How many blocks of the leases and their indexes are read when a batch ends.
    fileprivate func blocksReadByAnEnd(from hour: Int) async throws -> Int64 {
        let leases = try await takeMany(3, from: hour)
        return try await pool.transaction { connection in
            let before: Int64 = try await connection.query(Self.blocks).only().get(0)
            _ = try await connection.query(
                "select rota.finish(1, $1, $2, null, $3, $3, null, null, null, null, null, null, null, null, null)",
                [leases.map(\.attempt), leases.map(\.run), leases.map { _ in "succeeded" }])
            return try await connection.query(Self.blocks).only().get(0) - before
        }
    }

    /// How many blocks of the leases and their indexes are read when runs are made.
    fileprivate func blocksReadByNewRuns(due: Int) async throws -> Int64 {
        try await pool.transaction { connection in
            let before: Int64 = try await connection.query(Self.blocks).only().get(0)
            _ = try await connection.query(
                Statement(
                    """
                    with new_run as (
                        insert into rota.run
                            (assignment_id, job_id, revision, client_id, lane, queue, priority, due_at, made_at)
                        select 1, 1, 1, 1, 'proactive', 'default', 50, rota.now() + make_interval(hours => $1), rota.now()
                        returning id as run_id, due_at
                    )
                    \(Place.held.insert) from new_run
                    """), [Int32(due)])
            return try await connection.query(Self.blocks).only().get(0) - before
        }
    }

    /// All that this connection has read, as far as it was not added up with what others read.
    private static let blocks: Statement = """
        select (pg_stat_get_xact_blocks_fetched('rota.lease'::regclass) + (
            select coalesce(sum(pg_stat_get_xact_blocks_fetched(i.indexrelid)), 0)
            from pg_index i where i.indrelid = 'rota.lease'::regclass))::bigint
        """
}
