import Postgres
import StoreTestSupport
import Testing

/// One job for two clients, with four assets of the first, a worker, and the clock at noon.
struct Estate: Sendable {
    static let noon = "2026-02-15T12:00:00Z"

    let database: MigratedDatabase

    var pool: Pool { database.pool }

    /// Runs `body` with an estate of its own.
    static func with(_ body: @Sendable (Estate) async throws -> Void) async throws {
        try await withMigratedDatabase { database in
            try await database.setClock(noon)
            try await database.execute(script)
            try await body(Estate(database: database))
        }
    }

    /// A new run that stands in `place`: held, ready, leased, waiting or done.
    /// - Parameter due: hours after noon; each run of a target needs its own.
    @discardableResult
    func run(in place: Place = .ready, asset: Int64? = 1, due: Int = 0) async throws -> Int64 {
        try await pool.query(
            Statement(
                """
                with new_occurrence as (
                    insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
                    values (1, rota.now() + make_interval(hours => $2), '2026-02-15T12:00:00', 'UTC', 1, rota.now())
                    on conflict (assignment_id, due_at) do update set zone = excluded.zone
                    returning due_at
                ), new_run as (
                    insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority,
                        due_at, made_at)
                    select 1, 1, 1, 1, $1, 'proactive', 'default', 50, o.due_at, rota.now()
                    from new_occurrence o
                    returning id as run_id, due_at
                ), placed as (
                    \(place.insert) from new_run
                )
                select run_id from new_run
                """), [asset, Int32(due)]
        ).only().get(0)
    }

    /// Moves a run in one statement, as every verb does.
    func move(_ run: Int64, from: Place, to: Place) async throws {
        let sql = "with gone as (\(from.delete("$1"))) \(to.insert) from gone"
        _ = try await pool.query(Statement(sql), [run])
    }

    /// The places in which a run stands.
    func places(of run: Int64) async throws -> [String] {
        try await pool.query("select rota.places($1)", [run]).only().get(0)
    }

    private static let script = """
        insert into rota.client (name, definition, changed_at)
        select n, '{}', rota.now() from unnest('{harbour,lake}'::text[]) n;
        with j as (insert into rota.job (name, revision, changed_at) values ('patch', 1, rota.now()) returning id)
        insert into rota.job_revision (job_id, revision, definition, applied_at, applied_by)
        select id, 1, '{}', rota.now(), 'test' from j;
        insert into rota.assignment (job_id, client_id, planned_through, wake_at)
        select 1, c.id, rota.now(), null from rota.client c order by c.id;
        insert into rota.asset (name, client_id, kind, definition, source, changed_at)
        select 'srv-' || n, 1, 'server', '{}', 'manifest', rota.now() from generate_series(1, 4) n;
        insert into rota.worker (name, instance, host, queues, slots, reserve, started_at, seen_at, login)
        select 'w', n::text, 'here', '{default}', 8, 6, rota.now(), rota.now(), session_user from generate_series(1, 2) n
        """
}

/// The tables in one of which every run stands.
enum Place: String, CaseIterable, Sendable, CustomStringConvertible {
    case held, ready, leased, waiting, done

    var description: String { rawValue }

    /// Takes the run of this number from there.
    func delete(_ run: String) -> String {
        switch self {
        case .leased: "delete from rota.lease where runs = array[\(run)] returning runs[1] as run_id, dues[1] as due_at"
        default: "delete from rota.\(self) where run_id = \(run) returning run_id, due_at"
        }
    }

    /// Puts the runs of what follows as `from …` there.
    var insert: String {
        switch self {
        case .held:
            """
            insert into rota.held (run_id, due_at, assignment_id, hold, why, since)
            select run_id, due_at, 1, 'window', 'closed', rota.now()
            """
        case .ready:
            """
            insert into rota.ready (run_id, due_at, assignment_id, job_id, revision, client_id, queue, lane, priority,
                not_before, since, turn, is_due, stream)
            select run_id, due_at, 1, 1, 1, 1, 'default', 'proactive', 50, rota.now(), rota.now(), rota.now(), true,
                rota.stream('default', 'proactive')
            """
        case .leased:
            """
            insert into rota.lease (id, worker_id, leased_at, expires_at, runs, dues, assignments)
            select nextval('rota.lease_id'), 1, rota.now(), rota.now() + interval '30 s', array[run_id],
                array[due_at], array[1]
            """
        case .waiting:
            """
            insert into rota.waiting (run_id, due_at, assignment_id, waits_for, since)
            select run_id, due_at, 1, 'task', rota.now()
            """
        case .done:
            """
            insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts)
            select run_id, due_at, 1, 'succeeded', rota.now(), 1::smallint
            """
        }
    }
}

/// The constraint that refuses what `body` does; nil where nothing does.
func refusal(_ body: () async throws -> Void) async throws -> String? {
    do {
        try await body()
        return nil
    } catch let error as PostgresError where error.sqlState?.hasPrefix("23") ?? false {
        return error.constraint ?? error.cause
    }
}
