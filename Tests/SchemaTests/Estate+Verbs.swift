import Postgres

/// What a worker got.
struct Lease: Hashable, Sendable {
    var attempt: Int64
    var run: Int64
    var attempts: Int16
    var losses: Int16
    var turn: PostgresTimestamp
}

/// The verbs of a worker, as SQL functions.
extension Estate {
    /// A new run that is ready. `notBefore` and `startBy` are seconds after now, `due` hours.
    func ready(
        asset: Int64? = 1, lane: String = "proactive", priority: Int16 = 50, queue: String = "default",
        client: Int64 = 1, notBefore: Int32 = 0, startBy: Int32? = nil, due: Int = 0
    ) async throws -> Int64 {
        let run = try await run(in: .held, asset: asset, due: due)
        return try await pool.query(
            """
            with gone as (delete from rota.held where run_id = $1 returning run_id, due_at)
            insert into rota.ready
            select f.run_id, f.due_at, f.assignment_id, f.job_id, f.revision, $2, f.asset_id, $3, $4, $5, f.not_before,
                f.start_by, f.since, rota.turn(f.not_before, $5), f.is_due, f.attempts, f.losses, f.limits, f.parked,
                rota.stream($3, $4)
            from gone g
            join rota.run r on r.id = g.run_id and r.due_at = g.due_at
            cross join lateral rota.as_ready(r, rota.now(), rota.now() + make_interval(secs => $6),
                rota.now() + make_interval(secs => $7), 0::smallint, 0::smallint) f
            returning run_id
            """,
            [run, client, queue, lane, priority, Double(notBefore), startBy.map { Double($0) }]
        ).only().get(0)
    }

    func lease(
        worker: Int64 = 1, queues: [String]? = nil, clients: [String]? = nil, most: Int32 = 10,
        mostReactive: Int32 = 10, seconds: Int64 = 30, after: Lease? = nil, everywhere: Bool = true
    ) async throws -> [Lease] {
        let length = PostgresInterval(microseconds: seconds * 1_000_000)
        if let queues {
            _ = try await pool.query(
                "update rota.worker set queues = $2, clients = $3 where id = $1", [worker, queues, clients])
        }
        let rows = try await pool.query(
            """
            select b.lease_id * 1000 + u.place, u.run, coalesce(b.attempts[u.place], 0::smallint),
                coalesce(b.losses[u.place], 0::smallint), b.last_turn
            from rota.lease($1, $2, $3, $4, $7, case when $5::bigint is not null then '{default}'::text[] end,
                '{proactive}', array[$6::timestamptz], array[$5]) b
            cross join lateral unnest(b.runs) with ordinality u (run, place)
            """,
            [worker, most, mostReactive, length, after?.run, after?.turn, everywhere])
        return try rows.map {
            try Lease(attempt: $0.get(0), run: $0.get(1), attempts: $0.get(2), losses: $0.get(3), turn: $0.get(4))
        }
    }

    /// Whether it was recorded.
    @discardableResult
    func finish(
        _ attempt: Int64, worker: Int64 = 1, as ended: String = "succeeded", next: String = "succeeded",
        againAfter: Int32? = nil, findings: JSON? = nil, output: [UInt8]? = nil
    ) async throws -> Bool {
        let recorded: [Int64] = try await pool.query(
            """
            with own as (
                select run_id, due_at from rota.leased where attempt_id = $2
                union all select run_id, due_at from rota.attempt where id = $2
            )
            select rota.finish($1, array[$2], array(select run_id from own), array(select due_at from own),
                array[$3], array[$4], array[make_interval(secs => $5)], array[0], array['said so'], null,
                array[$6], array[$7], array[case when $7 is not null then ''::bytea end],
                array[octet_length($7)::bigint], array[sha256($7)])
            """,
            [worker, attempt, ended, next, againAfter.map { Double($0) }, findings?.text, output]
        ).only().get(0)
        return recorded == [attempt]
    }

    /// The attempts that are still held, and whether somebody asked to cancel them.
    func renew(_ attempts: [Int64], worker: Int64 = 1, seconds: Int64 = 30) async throws -> [Int64: Bool] {
        let length = PostgresInterval(microseconds: seconds * 1_000_000)
        let rows = try await pool.query(
            "select attempt_id, cancelled from rota.renew($1, $2, $3)", [worker, attempts, length])
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.get(0), try $0.get(1)) })
    }

    func release(_ attempts: [Int64], worker: Int64 = 1) async throws -> Int64 {
        try await pool.query("select rota.release($1, $2)", [worker, attempts]).only().get(0)
    }

    /// What a scheduler does with leases that ran out: the run is ready again, and the loss is counted.
    func lose(_ attempt: Int64) async throws {
        _ = try await pool.query(
            """
            select rota.end_attempts(null, array[$1], '{lost}', '{ready}', null, null, '{"its worker was lost"}', null,
                null, null, null, null)
            """, [attempt])
    }

    func readyCount() async throws -> Int64 {
        try await pool.query("select count(*) from rota.ready").only().get(0)
    }
}
