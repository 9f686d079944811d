import Postgres
import Testing

/// Where a worker looks for what it takes next.
struct PlaceOfLookTests {
    @Test func `a look that is not at everything finds what came in after the place, and nothing else`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let first = try #require(try await estate.lease().first)
            let before = try await estate.ready(priority: 90, due: 1)
            let after = try await estate.ready(due: 2)
            let later = try await estate.ready(notBefore: 3600, due: 3)
            _ = try await estate.pool.query(
                "update rota.ready set not_before = rota.now(), turn = rota.now() where run_id = $1", [later])
            let near = try await estate.lease(after: first, everywhere: false)
            #expect(near.map(\.run) == [after])
            let all = try await estate.lease(after: near[0], everywhere: true)
            #expect(Set(all.map(\.run)) == [before, later])
        }
    }

    @Test func `a look that is not at everything begins at the beginning where it knows no place`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready()
            let taken = try await estate.lease(everywhere: false)
            #expect(taken.map(\.run) == [run])
        }
    }

    @Test func `it walks over nothing that was taken before, however much of it an old snapshot keeps`() async throws {
        try await Estate.with { estate in
            try await estate.pool.withConnection { holder in
                try await holder.transaction { holder in
                    _ = try await holder.query("set transaction isolation level repeatable read")
                    _ = try await holder.query("select count(*) from rota.ready")
                    try await estate.database.execute(Self.takenRuns)
                    _ = try await estate.ready()
                    let place = try #require(try await estate.lease().first)
                    _ = try await estate.ready(due: 1)
                    let near = try await estate.blocksReadByALook(after: place, everywhere: false)
                    #expect(near < 50, "blocks read: \(near)")
                    _ = try await estate.ready(due: 2)
                    let all = try await estate.blocksReadByALook(after: place, everywhere: true)
                    #expect(all > 300, "20,000 that were taken are walked over, or there is nothing to save: \(all)")
                }
            }
        }
    }

    private static let takenRuns = """
        begin;
        set local rota.verb = 'on';
        insert into rota.ready (run_id, due_at, job_id, revision, client_id, queue, lane, priority, not_before, since, turn,
            is_due, stream)
        select -n, rota.now(), 1, 1, 1, 'default', 'proactive', 50, rota.now(), rota.now(),
            rota.turn(rota.now() - interval '1 day', 50::smallint), true, rota.stream('default', 'proactive')
        from generate_series(1, 20000) n;
        delete from rota.ready;
        commit;
        """
}

extension Estate {
    /// How many blocks of what is ready, and of its indexes, are read when one run is taken.
    fileprivate func blocksReadByALook(after place: Lease, everywhere: Bool) async throws -> Int64 {
        try await pool.transaction { connection in
            let before: Int64 = try await connection.query(Self.blocks).only().get(0)
            let taken = try await connection.query(
                """
                select runs from rota.lease(1, 10, 10, '30 s', $1, '{default}', '{proactive}', array[$2::timestamptz],
                    array[$3::bigint])
                """, [everywhere, place.turn, place.run])
            #expect(taken.count == 1)
            return try await connection.query(Self.blocks).only().get(0) - before
        }
    }

    private static let blocks: Statement = """
        select (pg_stat_get_xact_blocks_fetched('rota.ready'::regclass) + (
            select coalesce(sum(pg_stat_get_xact_blocks_fetched(i.indexrelid)), 0)
            from pg_index i where i.indrelid = 'rota.ready'::regclass))::bigint
        """
}
