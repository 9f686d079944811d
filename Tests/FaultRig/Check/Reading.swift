import Postgres
import Recurrence

/// All that the rig itself asks the database: where runs stand, and how their attempts went.
struct Reading: Sendable {
    struct Run: Sendable {
        var id: Int64
        var job: String
        var client: String
        /// Nil is the client as a whole.
        var asset: String?
        var due: Instant
        var lane: String
        var madeBy: String?
        /// The run that a person had done once more.
        var retryOf: Int64?
        /// `held`, `ready`, `leased`, `waiting`, how it ended, or `nowhere`.
        var state: String
        var isDone: Bool
        /// In how many places it stands.
        var places: Int

        var moment: Programme.Moment { Programme.Moment(job: job, client: client, asset: asset, due: due) }
    }

    struct Attempt: Sendable {
        var id: Int64
        var run: Int64
        var job: String
        var due: Instant
        var worker: String
        var workerID: Int64
        var leasedAt: Instant
        /// Nil while it is leased.
        var endedAt: Instant?
        var endedAs: String?
    }

    let pool: Pool

    func runs() async throws -> [Run] {
        try await pool.query(
            """
            select r.id, j.name, c.name, s.name, r.due_at, r.lane, r.made_by, r.retry_of, coalesce(p.state, 'nowhere'),
                coalesce(p.is_done, false), coalesce(p.places, 0)
            from rota.run r
            join rota.job j on j.id = r.job_id
            join rota.client c on c.id = r.client_id
            left join rota.asset s on s.id = r.asset_id
            left join (
                select run_id, min(state) as state, bool_or(is_done) as is_done, count(*) as places
                from (
                    select run_id, 'held' as state, false as is_done from rota.held
                    union all select run_id, 'ready', false from rota.ready
                    union all select run_id, 'leased', false from rota.leased
                    union all select run_id, 'waiting', false from rota.waiting
                    union all select run_id, state, true from rota.done
                ) place
                group by run_id
            ) p on p.run_id = r.id
            order by r.id
            """
        ).map { row in
            try Run(
                id: row.get(0), job: row.get(1), client: row.get(2), asset: row.get(3), due: row.get(4),
                lane: row.get(5), madeBy: row.get(6), retryOf: row.get(7), state: row.get(8), isDone: row.get(9),
                places: Int(row.get(10, as: Int64.self)))
        }
    }

    /// In the order of their numbers.
    func attempts() async throws -> [Attempt] {
        try await pool.query(
            """
            select a.id, a.run_id, coalesce(j.name, ''), a.due_at, w.name, w.id, a.leased_at, a.ended_at, a.ended_as
            from (
                select id, run_id, due_at, worker_id, leased_at, ended_at, ended_as from rota.attempt
                union all select attempt_id, run_id, due_at, worker_id, leased_at, null, null from rota.leased
            ) a
            join rota.worker w on w.id = a.worker_id
            left join rota.run r on r.id = a.run_id and r.due_at = a.due_at
            left join rota.job j on j.id = r.job_id
            order by a.id
            """
        ).map { row in
            try Attempt(
                id: row.get(0), run: row.get(1), job: row.get(2), due: row.get(3), worker: row.get(4),
                workerID: row.get(5), leasedAt: row.get(6), endedAt: row.get(7), endedAs: row.get(8))
        }
    }

    /// Acts whose hash is not that of what they say, or that do not follow the one before.
    func brokenActs() async throws -> [Int64] {
        try await pool.query(
            """
            select id from (
                select a.id, a.hash, a.previous, coalesce(lag(a.hash) over (order by a.id), '') as before,
                    coalesce(lag(a.id) over (order by a.id), 0) + 1 as next,
                    sha256(a.previous || convert_to(jsonb_build_array(
                        a.id, extract(epoch from a.at)::text, a.actor, a.verb, a.subject, a.reason, a.detail)::text,
                        'UTF8')) as own
                from rota.act a
            ) act
            where hash <> own or previous <> before or id <> next
            order by id
            """
        ).map { try $0.get(0) }
    }

    func actors() async throws -> Set<String> {
        Set(try await pool.query("select distinct actor from rota.act").map { try $0.get(0, as: String.self) })
    }

    /// What is kept of each attempt's output: these commands write little, so all is.
    func outputs() async throws -> [Int64: String] {
        let rows = try await pool.query("select attempt_id, convert_from(head || tail, 'UTF8') from rota.output")
        return Dictionary(
            try rows.map { (try $0.get(0, as: Int64.self), try $0.get(1, as: String.self)) }
        ) { first, _ in first }
    }

    /// What the server's sessions do, and whom they wait for.
    func activity() async throws -> [String] {
        try await pool.query(
            """
            select concat_ws(' ', pid, state, wait_event, 'since', state_change, 'transaction', xact_start, 'blocked by',
                pg_blocking_pids(pid)::text, left(regexp_replace(query, '\\s+', ' ', 'g'), 120))
            from pg_stat_activity where backend_type = 'client backend' order by xact_start
            """
        ).map { try $0.get(0) }
    }

    /// Runs of which nobody knows how they ended, and which are held for a person.
    func heldUnknown() async throws -> [Int64] {
        try await pool.query("select run_id from rota.held where hold = 'unknown' order by run_id").map {
            try $0.get(0)
        }
    }

    /// How many sessions the server has of clients at this address.
    func sessions(of address: String) async throws -> Int {
        let statement: Statement = "select count(*) from pg_stat_activity where client_addr = $1::text::inet"
        return Int(try await pool.query(statement, [address]).only().get(0, as: Int64.self))
    }

    /// Sessions that wait in the middle of a transaction, each with when it began.
    func idleTransactions() async throws -> [String] {
        try await pool.query(
            "select concat(pid, ' ', xact_start) from pg_stat_activity where state = 'idle in transaction'"
        ).map { try $0.get(0) }
    }

    /// Puts the database's clock ahead of the machine's.
    func setClock(ahead: Duration) async throws {
        let (seconds, attoseconds) = ahead.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        try await execute(
            """
            create or replace function rota.now() returns timestamptz language sql volatile parallel safe
            as $$ select clock_timestamp() + interval '\(microseconds) microseconds' $$
            """)
    }

    func execute(_ script: String) async throws {
        try await pool.withConnection { try await $0.execute(script) }
    }
}

extension Reading {
    /// Outputs whose length or hash is not that of what was kept of them: these commands write little, so all is kept.
    func brokenOutputs() async throws -> [String] {
        try await pool.query(
            """
            select attempt_id from rota.output
            where sha256 <> sha256(head || tail) or length <> octet_length(head) + octet_length(tail)
            """
        ).map { "the output of attempt \(try $0.get(0, as: Int64.self)) is not what its hash says" }
    }
}
