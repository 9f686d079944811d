import Model
import Postgres
import Recurrence
import StoreTestSupport

@testable import Store

/// A database with 100,000 runs (20,000 ready now, 10,000 for later, 10,000 held, 60,000 done) of 1,000 assignments and
/// 10,000 assets, analyzed, and one connection to it on which every plan is a generic one.
///
/// A generic plan is what a session that goes on for long comes to; it is made without knowing the parameters, and so
/// sometimes reads all of a table of which three rows are asked for.
struct FullTables: Sendable {
    let database: MigratedDatabase
    /// Has one connection, so that what it read can be counted.
    let pool: Pool

    var store: Store { Store(pool: pool) }

    static let clients = 100
    static let jobs = 10
    static let assetsOfClient = 100

    /// - Parameter before: is done with the same connection while the tables are empty and the server knows that; it is not told
    ///   when they are full.
    static func with(
        _ before: (@Sendable (FullTables) async throws -> Void)? = nil,
        _ body: @Sendable (FullTables) async throws -> Void
    ) async throws {
        try await withMigratedDatabase { database in
            try await database.setClock(Sample.noon)
            try await define(Store(pool: database.pool))
            try await database.execute(months)
            let generic = "\(database.database.conninfo) options='-c plan_cache_mode=force_generic_plan'"
            let pool = Pool(Configuration(generic), size: 1)
            do {
                let tables = FullTables(database: database, pool: pool)
                try await before?(tables)
                try await database.execute(fill)
                if before == nil { try await database.execute("analyze") }
                try await body(tables)
                await pool.close()
            } catch {
                await pool.close()
                throw error
            }
        }
    }

    private static func define(_ store: Store) async throws {
        let names = (1...clients).map { "client-\($0)" }
        var documents = names.map { Definition.client(Sample.client($0, timezone: "UTC")) }
        for name in names {
            documents += (1...assetsOfClient).map { .asset(Sample.asset("\(name)-\($0)", of: name)) }
        }
        documents += (1...jobs).map { .job(Sample.job("job-\($0)")) }
        _ = try await store.apply(documents: documents, prune: false, dryRun: false, actor: "ann")
    }

    /// The move from place to place is not what is looked at here, so it is not checked.
    private static let months = """
        select rota.make_month('2026-01-01'), rota.make_month('2026-02-01'), rota.make_month('2026-03-01');
        analyze;
        """

    private static let fill = """
        set rota.verb = 'on';
        insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
        select a.id, rota.now() - a.job_id * interval '1 day', '2026-02-15T12:00:00', 'UTC', 1, rota.now()
        from rota.assignment a;
        insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, due_by,
            made_at)
        select a.id, a.job_id, 1, a.client_id, s.id, 'proactive', 'default', 50,
            rota.now() - a.job_id * interval '1 day', rota.now() - (a.job_id - 1) * interval '1 day', rota.now()
        from rota.assignment a join rota.asset s on s.client_id = a.client_id;
        insert into rota.ready
        select f.* from rota.run r cross join lateral rota.as_ready(r, rota.now(),
            rota.now() + case when r.job_id = 3 then interval '1 day' else interval '0' end, null, 0::smallint,
            0::smallint) f
        where r.job_id <= 3 and r.due_at <= rota.now() - interval '1 day';
        insert into rota.held (run_id, due_at, assignment_id, hold, why, since, look_at)
        select id, due_at, assignment_id, 'window', 'closed', rota.now(), rota.now() + interval '1 day' from rota.run
        where job_id = 4 and due_at <= rota.now() - interval '1 day';
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, started_at, attempts, attempt_id, worker_id)
        select id, due_at, assignment_id, 'succeeded', due_at, due_at, 1, id, 1 from rota.run
        where job_id > 4 and due_at <= rota.now() - interval '1 day';
        insert into rota.output (attempt_id, due_at, head, tail, length, sha256)
        select attempt_id, due_at, 'done', '', 4, sha256('done') from rota.done;
        update rota.assignment set wake_at = rota.now() + interval '1 day', planned_through = rota.now();
        """

    /// What one statement may read of a big table's indexes: more than the largest batch, far less than the table.
    private static let mostEntries: Int64 = 5000

    /// Does `body`, and tells of which big tables it read all, or too much of an index.
    func readsTooMuch(_ body: (Store) async throws -> Void) async throws -> [String] {
        let before = try await counts()
        try await body(store)
        let after = try await counts()
        return after.keys.sorted().compactMap { table -> String? in
            let (old, new) = (before[table] ?? Counts(), after[table] ?? Counts())
            if new.scans > old.scans { return "\(table): all of it, \(new.scans - old.scans) times" }
            let entries = new.entries - old.entries
            return entries > Self.mostEntries ? "\(table): \(entries) entries of indexes" : nil
        }
    }

    private struct Counts: Sendable {
        var scans: Int64 = 0
        var entries: Int64 = 0
    }

    private static let selectCounts: Statement = """
        select t.relname::text, t.seq_scan,
            (select coalesce(sum(i.idx_tup_read), 0)::bigint from pg_stat_user_indexes i where i.relid = t.relid)
        from pg_stat_user_tables t
        where t.schemaname = 'rota' and t.relname = any ($1)
        """

    private func counts() async throws -> [String: Counts] {
        let big = try await Self.bigTables(pool)
        _ = try await pool.query("select pg_stat_force_next_flush()")
        return Dictionary(
            try await pool.query(Self.selectCounts, [big]).map { row in
                (try row.get(0), Counts(scans: try row.get(1), entries: try row.get(2)))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The tables that have grown, months apart.
    static func bigTables(_ pool: Pool) async throws -> [String] {
        try await pool.query(
            """
            select c.relname::text from pg_class c
            where c.relnamespace = 'rota'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) >= 500000
            order by c.relname
            """
        ).map { try $0.get(0) }
    }
}
