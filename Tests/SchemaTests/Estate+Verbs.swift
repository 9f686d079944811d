import Postgres

/// What a worker got.
struct Lease: Hashable, Sendable {
    var attempt: Int64
    var run: Int64
    var attempts: Int16
    var losses: Int16
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
            with gone as (delete from rota.held where run_id = $1 returning run_id, assignment_id)
            insert into rota.ready
                (run_id, assignment_id, client_id, queue, lane, priority, not_before, start_by, since)
            select run_id, assignment_id, $2, $3, $4, $5, rota.now() + make_interval(secs => $6),
                rota.now() + make_interval(secs => $7), rota.now()
            from gone
            returning run_id
            """,
            [run, client, queue, lane, priority, Double(notBefore), startBy.map { Double($0) }]
        ).only().get(0)
    }

    func lease(
        worker: Int64 = 1, queues: [String] = ["default"], clients: [Int64]? = nil, most: Int32 = 10,
        mostReactive: Int32 = 10, seconds: Int64 = 30
    ) async throws -> [Lease] {
        let length = PostgresInterval(microseconds: seconds * 1_000_000)
        let rows = try await pool.query(
            "select attempt_id, run_id, attempts, losses from rota.lease($1, $2, $3, $4, $5, $6)",
            [worker, queues, clients, most, mostReactive, length])
        return try rows.map {
            try Lease(attempt: $0.get(0), run: $0.get(1), attempts: $0.get(2), losses: $0.get(3))
        }
    }

    /// Whether it was recorded.
    @discardableResult
    func finish(
        _ attempt: Int64, worker: Int64 = 1, as ended: String = "succeeded", next: String = "succeeded",
        againAfter: Int32? = nil, findings: JSON? = nil, output: [UInt8]? = nil
    ) async throws -> Bool {
        try await pool.query(
            """
            select rota.finish($1, $2, $3, $4, make_interval(secs => $5), 0, 'said so', null, $6,
                $7, case when $7 is not null then ''::bytea end, octet_length($7), sha256($7))
            """, [worker, attempt, ended, next, againAfter.map { Double($0) }, findings, output]
        ).only().get(0)
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
            with gone as (delete from rota.leased where attempt_id = $1 returning *), noted as (
                insert into rota.attempt (id, run_id, number, worker_id, leased_at, ended_at, ended_as)
                select attempt_id, run_id, attempts + losses + 1, worker_id, leased_at, rota.now(), 'lost' from gone)
            insert into rota.ready
                (run_id, assignment_id, client_id, queue, lane, priority, not_before, since, attempts, losses)
            select run_id, assignment_id, 1, 'default', 'proactive', 50, rota.now(), rota.now(), attempts, losses + 1
            from gone
            """, [attempt])
    }

    func readyCount() async throws -> Int64 {
        try await pool.query("select count(*) from rota.ready").only().get(0)
    }
}
