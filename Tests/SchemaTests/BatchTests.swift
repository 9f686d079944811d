import Postgres
import Testing

/// What is taken and ended together.
struct BatchTests {
    @Test(arguments: [12, 1, 5, 11], [1, 3])
    func `however a batch is told of, in parts or as a whole, every run ends as it was told`(
        _ part: Int, _ kinds: Int
    ) async throws {
        try await Estate.with { estate in
            let leases = try await estate.takeMany(12, from: 0)
            let ends = leases.indices.map { ["succeeded", "failed", "cancelled"][$0 % kinds] }
            for first in stride(from: 0, to: 12, by: part).reversed() {
                let places = first..<min(first + part, 12)
                let recorded = try await estate.finishMany(Array(leases[places]), as: Array(ends[places]))
                #expect(recorded == Set(leases[places].map(\.attempt)))
            }
            let rows = try await estate.pool.query(
                "select run_id, state, attempt_id, attempts, worker_id from rota.done")
            let done = try Dictionary(uniqueKeysWithValues: rows.map { (try $0.get(0, as: Int64.self), $0) })
            for (lease, end) in zip(leases, ends) {
                let row = try #require(done[lease.run])
                #expect(try row.get(1) == end)
                #expect(try row.get(2) == lease.attempt)
                #expect(try row.get(3) == Int16(1))
                #expect(try row.get(4) == Int64(1))
            }
            let open: Int64 = try await estate.pool.query("select count(*) from rota.lease").only().get(0)
            #expect(open == 0)
        }
    }

    @Test func `part of a batch that was ended by others is left out, and the rest is recorded`() async throws {
        try await Estate.with { estate in
            let leases = try await estate.takeMany(5, from: 0)
            try await estate.lose(leases[2].attempt)
            let recorded = try await estate.finishMany(leases, as: leases.map { _ in "succeeded" })
            #expect(recorded == Set(leases.map(\.attempt)).subtracting([leases[2].attempt]))
            let places = try await estate.places(of: leases[2].run)
            #expect(places == ["ready"])
        }
    }

    @Test func `a batch of another worker is not ended, whole or in part`() async throws {
        try await Estate.with { estate in
            let leases = try await estate.takeMany(3, from: 0)
            for told in [leases, Array(leases.prefix(1))] {
                let recorded = try await estate.finishMany(told, as: told.map { _ in "succeeded" }, worker: 2)
                #expect(recorded == [])
            }
        }
    }

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

    private static let deadLeases = """
        begin;
        set local rota.verb = 'on';
        insert into rota.lease (id, worker_id, leased_at, expires_at, runs, dues)
        select nextval('rota.lease_id'), 1, rota.now(), rota.now() + interval '30 s', array[n], array[rota.now()]
        from generate_series(1, 20000) n;
        delete from rota.lease;
        commit;
        """

    @Test func `a run with the number of another stream is refused`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let error = try await #require(throws: PostgresError.self) {
                _ = try await estate.pool.query("update rota.ready set stream = rota.stream('default', 'reactive')")
            }
            #expect(error.sqlState == "23514")
        }
    }

    @Test func `of runs that arrive together each is looked for in the other places, near or far from one another`()
        async throws
    {
        try await Estate.with { estate in
            for (round, far) in [Int64(0), 5000].enumerated() {
                for (index, taken) in Place.allCases.enumerated() {
                    let due = (round * 5 + index) * 3
                    let stands = try await estate.run(in: taken, due: due)
                    _ = try await estate.pool.query("select setval('rota.run_id', nextval('rota.run_id') + $1)", [far])
                    let other = try await estate.run(in: .held, due: due + 1)
                    for place in [Place.ready, .waiting, .done] where place != taken {
                        let refused = try await refusal {
                            _ = try await estate.pool.query(
                                Statement(
                                    """
                                    with gone as (
                                        delete from rota.held where run_id = $2 returning run_id, due_at
                                    ), pair as (
                                        select * from gone
                                        union all select id, due_at from rota.run where id = $1
                                    )
                                    \(place.insert) from pair
                                    """), [stands, other])
                        }
                        #expect(refused == "one_place", "\(taken) and \(place), \(far) apart")
                    }
                }
            }
        }
    }
}

extension Estate {
    /// Runs of the first asset, due hours apart, taken by the first worker.
    fileprivate func takeMany(_ count: Int, from hour: Int) async throws -> [Lease] {
        for index in 0..<count { _ = try await run(in: .ready, due: hour + index) }
        let leases = try await lease(most: Int32(count))
        #expect(leases.count == count)
        return leases
    }

    /// The attempts that were recorded.
    fileprivate func finishMany(_ leases: [Lease], as ends: [String], worker: Int64 = 1) async throws -> Set<Int64> {
        let runs = leases.map(\.run)
        let recorded: [Int64] = try await pool.query(
            """
            select rota.finish($1, $2, $3, array(select r.due_at from unnest($3::bigint[]) with ordinality u (id, place)
                join rota.run r on r.id = u.id order by u.place), $4, $4, null, null, null, null, null, null, null, null,
                null)
            """, [worker, leases.map(\.attempt), runs, ends]
        ).only().get(0)
        return Set(recorded)
    }

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

    /// All that this connection has read, as far as it was not added up with what others read.
    private static let blocks: Statement = """
        select (pg_stat_get_xact_blocks_fetched('rota.lease'::regclass) + (
            select coalesce(sum(pg_stat_get_xact_blocks_fetched(i.indexrelid)), 0)
            from pg_index i where i.indrelid = 'rota.lease'::regclass))::bigint
        """
}
