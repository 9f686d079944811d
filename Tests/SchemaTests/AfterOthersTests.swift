import Postgres
import Testing

/// Several workers that take of one queue, each going on from where it was.
struct AfterOthersTests {
    @Test func `what others have taken since is not walked over, however much of it an old snapshot keeps`()
        async throws
    {
        try await Estate.with { estate in
            try await estate.pool.withConnection { holder in
                try await holder.transaction { holder in
                    _ = try await holder.query("set transaction isolation level repeatable read")
                    _ = try await holder.query("select count(*) from rota.ready")
                    _ = try await estate.ready()
                    let place = try #require(try await estate.lease().first)
                    try await estate.database.execute(Self.manyRuns)
                    for _ in 1...20 { #expect(try await estate.lease(worker: 2, most: 999).count == 999) }
                    let last = try await estate.ready(due: 1)
                    let (taken, blocks) = try await estate.blocksRead {
                        try await estate.takenByALook($0, after: place, everywhere: false)
                    }
                    #expect(taken == [last])
                    #expect(blocks < 50, "blocks read: \(blocks)")
                }
            }
        }
    }

    @Test func `what a worker takes that is bound to some clients moves nobody's place`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let place = try #require(try await estate.lease().first)
            let harbour = try await estate.ready(due: 1)
            let lake = try await estate.ready(client: 2, due: 2)
            let bound = try await estate.lease(worker: 2, queues: ["default"], clients: ["lake"])
            #expect(bound.map(\.run) == [lake])
            let next = try await estate.lease(after: place, everywhere: false)
            #expect(next.map(\.run) == [harbour])
        }
    }

    @Test func `a long run of low priority keeps no place: what comes in before its turn meanwhile is found`()
        async throws
    {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let place = try #require(try await estate.lease().first)
            let low = try await estate.ready(priority: 0, due: 1)
            #expect(try await estate.lease(worker: 2).map(\.run) == [low])
            try await estate.database.setClock("2026-02-15T12:00:02Z")
            let next = try await estate.ready(due: 2)
            let found = try await estate.lease(after: place, everywhere: false)
            #expect(found.map(\.run) == [next])
        }
    }

    /// As long as a transaction goes on that is older than when it let go, a look from a place passes it by without trying.
    @Test func `what a transaction has just let go of is passed by, and taken by a look from the beginning`()
        async throws
    {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let place = try #require(try await estate.lease().first)
            let held = try await estate.ready(due: 1)
            let other = try await estate.ready(due: 2)
            let next = try await estate.pool.withConnection { older in
                try await older.transaction { older in
                    _ = try await older.query("select pg_current_xact_id()")
                    try await estate.pool.transaction { holder in
                        _ = try await holder.query("select from rota.ready where run_id = $1 for update", [held])
                    }
                    return try await estate.lease(after: place, everywhere: false)
                }
            }
            #expect(next.map(\.run) == [other])
            let last = try await estate.lease(after: next[0])
            #expect(last.map(\.run) == [held])
        }
    }

    @Test func `however many long runs of late turns are at work, a look does not walk over them`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let place = try #require(try await estate.lease().first)
            try await estate.database.execute(Self.manyLongRuns)
            try await estate.database.setClock("2026-02-15T12:00:02Z")
            let next = try await estate.ready(due: 2)
            let (taken, blocks) = try await estate.blocksRead {
                try await estate.takenByALook($0, after: place, everywhere: false)
            }
            #expect(taken == [next])
            #expect(blocks < 60, "blocks read: \(blocks)")
        }
    }

    private static let manyLongRuns = """
        begin;
        set local rota.verb = 'on';
        insert into rota.lease (id, worker_id, leased_at, expires_at, runs, dues, stream, last_turn, last_run)
        select nextval('rota.lease_id'), 1, rota.now(), rota.now() + interval '1 hour', array[1000 + n], array[rota.now()],
            rota.stream('default', 'proactive'), rota.now() + interval '4 hours', 1000 + n
        from generate_series(1, 2000) n;
        commit;
        """

    @Test func `what a scheduler has looked at before is taken in its order, and not only from the beginning`()
        async throws
    {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let place = try #require(try await estate.lease().first)
            let looked = try await estate.ready(due: 1)
            let other = try await estate.ready(due: 2)
            try await estate.pool.transaction { scheduler in
                _ = try await scheduler.query("select from rota.ready where run_id = $1 for update", [looked])
            }
            try await estate.waitForOlderTransactions()
            let next = try await estate.lease(after: place, everywhere: false)
            #expect(next.map(\.run) == [looked, other])
        }
    }

    private static let manyRuns = """
        begin;
        set local rota.verb = 'on';
        insert into rota.ready (run_id, due_at, job_id, revision, client_id, queue, lane, priority, not_before, since, turn,
            is_due, stream)
        select 1000 + n, rota.now(), 1, 1, 1, 'default', 'proactive', 50, rota.now(), rota.now(),
            rota.turn(rota.now(), 50::smallint), true, rota.stream('default', 'proactive')
        from generate_series(1, 19980) n;
        select setval('rota.run_id', 30000);
        commit;
        """
}

extension Estate {
    fileprivate func takenByALook(
        _ connection: isolated Connection, after place: Lease, everywhere: Bool
    ) async throws -> [Int64] {
        let rows = try await connection.query(
            """
            select runs from rota.lease(1, 10, 10, '30 s', $1, '{default}', '{proactive}', array[$2::timestamptz],
                array[$3::bigint])
            """, [everywhere, place.turn, place.run])
        return try rows.flatMap { try $0.get(0, as: [Int64].self) }
    }

    /// What `body` does on a connection, and how many blocks of what is ready and of leases, with their indexes, it reads.
    fileprivate func blocksRead<Result: Sendable>(
        _ body: @Sendable (isolated Connection) async throws -> Result
    ) async throws -> (Result, Int64) {
        try await pool.transaction { connection in
            let before: Int64 = try await connection.query(Self.blocks).only().get(0)
            let result = try await body(connection)
            return (result, try await connection.query(Self.blocks).only().get(0) - before)
        }
    }

    /// Comes back once all transactions that now go on, of whatever database of the server, have ended.
    fileprivate func waitForOlderTransactions() async throws {
        let now: Int64 = try await pool.query("select pg_current_xact_id()::text::bigint").only().get(0)
        var oldest: Int64
        repeat {
            oldest = try await pool.query("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint").only().get(0)
        } while oldest <= now
    }

    private static let blocks: Statement = """
        select coalesce(sum(pg_stat_get_xact_blocks_fetched(c.oid)), 0)::bigint
        from pg_class c
        where c.oid = any (array['rota.ready', 'rota.lease']::regclass[]) or c.oid in (
            select i.indexrelid from pg_index i where i.indrelid = any (array['rota.ready', 'rota.lease']::regclass[]))
        """
}
