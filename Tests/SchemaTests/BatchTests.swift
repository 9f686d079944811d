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

    /// Too long for its page: PostgreSQL keeps parts of the lease beside the table.
    @Test(arguments: [999, 333, 998]) func `the longest of batches ends as a whole and in parts`(_ part: Int)
        async throws
    {
        try await Estate.with { estate in
            let leases = try await estate.takeLongest()
            for first in stride(from: 0, to: 999, by: part) {
                let told = Array(leases[first..<min(first + part, 999)].reversed())
                let recorded = try await estate.finishMany(told, as: told.map { _ in "succeeded" })
                #expect(recorded == Set(told.map(\.attempt)))
            }
            let rows = try await estate.pool.query(
                "select attempt_id, run_id, extract(epoch from due_at)::bigint from rota.done")
            let done = try Dictionary(uniqueKeysWithValues: rows.map { (try $0.get(0, as: Int64.self), $0) })
            #expect(done.count == 999)
            for (place, lease) in leases.enumerated() {
                let row = try #require(done[lease.attempt])
                #expect(try row.get(1) == lease.run)
                #expect(try row.get(2) == Self.firstDue + Int64(place))
            }
        }
    }

    fileprivate static let firstDue: Int64 = 1_771_200_000

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
    func takeMany(_ count: Int, from hour: Int) async throws -> [Lease] {
        for index in 0..<count { _ = try await run(in: .ready, due: hour + index) }
        let leases = try await lease(most: Int32(count))
        #expect(leases.count == count)
        return leases
    }

    /// As many as a lease can hold, due a second after each other.
    fileprivate func takeLongest() async throws -> [Lease] {
        _ = try await pool.query(
            Statement(
                """
                with new_run as (
                    insert into rota.run
                        (assignment_id, job_id, revision, client_id, lane, queue, priority, due_at, made_at)
                    select 1, 1, 1, 1, 'proactive', 'default', 50, to_timestamp($1 + n), rota.now()
                    from generate_series(0, 998) n
                    returning id as run_id, due_at
                )
                \(Place.ready.insert) from new_run order by due_at
                """), [BatchTests.firstDue])
        let leases = try await lease(most: 999)
        try #require(leases.count == 999)
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
}
