import Postgres
import Schema
import TestSupport
import Testing

/// What a worker's login may do, tried as that login.
struct LoginTests {
    /// A login of its own in a role, which goes with the test.
    private static func with(
        role: String, in estate: Estate, _ body: (String, Connection) async throws -> Void
    ) async throws {
        let login = "\(role)_of_\(estate.database.database.name)"
        try await estate.database.execute("create role \(login) login in role \(role)")
        let connection = try await Connection.connect(
            Configuration("\(estate.database.database.conninfo) user=\(login)"))
        do {
            try await body(login, connection)
            await connection.close()
        } catch {
            await connection.close()
            try await drop(login, in: estate)
            throw error
        }
        try await drop(login, in: estate)
    }

    private static func drop(_ login: String, in estate: Estate) async throws {
        try await estate.database.execute("drop owned by \(login); drop role \(login)")
    }

    private static func bind(_ login: String, queues: [String], clients: [String]?, in estate: Estate) async throws {
        _ = try await estate.pool.query(
            """
            insert into rota.worker_login (login, queues, clients, bound_at, bound_by)
            values ($1::text, $2, $3, rota.now(), 'test')
            on conflict (login) do update set queues = excluded.queues, clients = excluded.clients
            """, [login, queues, clients])
    }

    private static func register(
        _ connection: Connection, queues: [String], clients: [String]? = nil
    ) async throws -> Int64 {
        try await connection.query(
            "select rota.register_worker('w', gen_random_uuid()::text, 'here', $1, $2, 8, 6)", [queues, clients]
        ).only().get(0)
    }

    private static func take(
        _ connection: Connection, worker: Int64, after: [String] = []
    ) async throws -> Set<Int64> {
        let rows = try await connection.query(
            """
            select unnest(runs) from rota.lease($1, 100, 100, interval '30 s', true, $2,
                array(select 'proactive' from unnest($2::text[])),
                array(select '-infinity'::timestamptz from unnest($2::text[])),
                array(select 0::bigint from unnest($2::text[])))
            """, [worker, after])
        return Set(try rows.map { try $0.get(0, as: Int64.self) })
    }

    /// What the server says when it refuses for want of rights.
    private static func refusal(_ body: () async throws -> Void) async throws -> PostgresError {
        let error = try await #require(throws: PostgresError.self) { try await body() }
        #expect(error.sqlState == "42501", "\(error)")
        return error
    }

    @Test func `a worker's login may call its verbs and touch nothing else`() async throws {
        try await Estate.with { estate in
            let rights = try await estate.pool.query(
                """
                select 'table ' || c.relname from pg_class c
                where c.relnamespace = 'rota'::regnamespace and c.relkind in ('r', 'p', 'v')
                    and has_table_privilege('rota_worker', c.oid, 'select, insert, update, delete, truncate, references')
                union all
                select 'sequence ' || c.relname from pg_class c
                where c.relnamespace = 'rota'::regnamespace and c.relkind = 'S'
                    and case c.relkind when 'S' then has_sequence_privilege('rota_worker', c.oid, 'usage, select, update') end
                union all
                select 'function ' || p.proname from pg_proc p
                where p.pronamespace = 'rota'::regnamespace and has_function_privilege('rota_worker', p.oid, 'execute')
                order by 1
                """
            ).map { try $0.get(0, as: String.self) }
            #expect(
                rights
                    == [
                        "drain_asked", "end_worker", "finish", "lease", "now", "particulars", "register_worker",
                        "release", "renew",
                    ]
                    .map { "function \($0)" } + ["table migration"])
        }
    }

    @Test func `what workers call runs as an owner who is nobody else, with a search path of its own`() async throws {
        try await Estate.with { estate in
            let wrong = try await estate.pool.query(
                """
                select p.proname::text from pg_proc p
                where p.pronamespace = 'rota'::regnamespace
                    and (p.proowner <> 'rota_owner'::regrole
                        or has_function_privilege('public', p.oid, 'execute')
                        or p.prosecdef and not 'search_path=pg_catalog, pg_temp' = any (p.proconfig))
                union all
                select c.relname from pg_class c
                where c.relnamespace = 'rota'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
                    and c.relname <> 'test_clock' and c.relowner <> 'rota_owner'::regrole
                union all
                select rolname from pg_roles where rolname = 'rota_owner' and (rolsuper or rolcanlogin)
                """
            ).map { try $0.get(0, as: String.self) }
            #expect(wrong == [])
        }
    }

    @Test func `a login that is bound to nothing can register no worker`() async throws {
        try await Estate.with { estate in
            try await Self.with(role: "rota_worker", in: estate) { login, connection in
                let error = try await Self.refusal { _ = try await Self.register(connection, queues: ["default"]) }
                #expect(error.cause == "login \(login) is bound to no queue")
                #expect(error.hint?.contains("rota login bind \(login)") ?? false)
            }
        }
    }

    @Test func `a login works for the queues and clients to which it is bound, whatever it asks for`() async throws {
        try await Estate.with { estate in
            let own = try await estate.ready(asset: 1, queue: "site", client: 1)
            _ = try await estate.ready(asset: 2, queue: "site", client: 2)
            _ = try await estate.ready(asset: 3, queue: "default", client: 1)
            try await Self.with(role: "rota_worker", in: estate) { login, connection in
                try await Self.bind(login, queues: ["site"], clients: ["harbour"], in: estate)
                let queue = try await Self.refusal { _ = try await Self.register(connection, queues: ["default"]) }
                #expect(queue.cause == "login \(login) is not bound to the queues default")
                let client = try await Self.refusal {
                    _ = try await Self.register(connection, queues: ["site"], clients: ["lake", "harbour"])
                }
                #expect(client.cause == "login \(login) is not bound to the clients lake")
                let worker = try await Self.register(connection, queues: ["site"])
                #expect(try await Self.take(connection, worker: worker, after: ["default", "site"]) == [own])
            }
        }
    }

    @Test func `nobody speaks for another login's worker`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let leases = try await estate.lease()
            let lease = try #require(leases.first)
            try await Self.with(role: "rota_worker", in: estate) { login, connection in
                try await Self.bind(login, queues: ["default"], clients: nil, in: estate)
                _ = try await Self.refusal { _ = try await Self.take(connection, worker: 1) }
                for call in [
                    "rota.renew(1, array[\(lease.attempt)], interval '1 h')",
                    "rota.release(1, array[\(lease.attempt)])",
                    "rota.end_worker(1)", "rota.drain_asked(1)",
                    "rota.particulars(1, array[1], array[1], array[1], array[1], array[1])",
                    """
                    rota.finish(1, array[\(lease.attempt)], array[\(lease.run)], array[rota.now()], '{succeeded}',
                        '{succeeded}', null, null, null, null, null, null, null, null, null)
                    """,
                ] {
                    let error = try await Self.refusal { _ = try await connection.query(Statement("select \(call)")) }
                    #expect(error.cause == "worker 1 is not one of login \(login)")
                }
                #expect(try await estate.renew([lease.attempt]).count == 1)
            }
        }
    }

    @Test func `a login that is bound to less takes no more of the rest`() async throws {
        try await Estate.with { estate in
            try await Self.with(role: "rota_worker", in: estate) { login, connection in
                try await Self.bind(login, queues: ["site", "default"], clients: nil, in: estate)
                let worker = try await Self.register(connection, queues: ["site", "default"])
                let first = try await estate.ready(asset: 1, queue: "default")
                #expect(try await Self.take(connection, worker: worker) == [first])
                try await Self.bind(login, queues: ["site"], clients: ["lake"], in: estate)
                _ = try await estate.ready(asset: 2, queue: "default")
                _ = try await estate.ready(asset: 3, queue: "site", client: 1)
                let own = try await estate.ready(asset: 4, queue: "site", client: 2)
                #expect(try await Self.take(connection, worker: worker, after: ["default"]) == [own])
                _ = try await estate.pool.query("delete from rota.worker_login where login = $1::text", [login])
                _ = try await estate.ready(asset: 1, queue: "site", client: 2, due: 1)
                #expect(try await Self.take(connection, worker: worker) == [])
            }
        }
    }

    @Test func `a viewer reads everything and changes nothing`() async throws {
        try await Estate.with { estate in
            let wrong = try await estate.pool.query(
                """
                select c.relname::text from pg_class c
                where c.relnamespace = 'rota'::regnamespace and c.relkind in ('r', 'p', 'v')
                    and c.relname <> 'test_clock' and (not has_table_privilege('rota_viewer', c.oid, 'select')
                        or has_table_privilege('rota_viewer', c.oid, 'insert, update, delete, truncate'))
                union all
                select p.proname from pg_proc p
                where p.pronamespace = 'rota'::regnamespace and p.provolatile = 'v' and p.proname <> 'now'
                    and has_function_privilege('rota_viewer', p.oid, 'execute')
                """
            ).map { try $0.get(0, as: String.self) }
            #expect(wrong == [])
        }
    }

    @Test func `nobody but the owner may change the log of acts or a job's revisions`() async throws {
        try await Estate.with { estate in
            for role in ["rota_admin", "rota_scheduler"] {
                for table in ["act", "job_revision"] {
                    let may = try await estate.pool.query(
                        "select has_table_privilege($1, 'rota.' || $2, 'update, delete, truncate')", [role, table])
                    #expect(try may.only().get(0) == false, "\(role) \(table)")
                }
            }
        }
    }

    @Test func `who may not make roles migrates all the same, and is told what is left to do`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let login = "plain_of_\(database.name)"
            let admin = try await database.connect()
            try await admin.execute(
                "create role \(login) login; grant create on database \(database.name) to \(login)")
            let pool = Pool(Configuration("\(database.conninfo) user=\(login)"), size: 1)
            // The roles are there or not, as other tests have made them; this login is in none of them.
            let report = try await Migrator(pool: pool).migrate()
            #expect(report.applied == Migration.all.map(\.name))
            #expect(
                report.unsettled.contains { $0.hint.contains("grant rota_owner to \(login)") }
                    || report.unsettled.contains { $0.hint.contains("create role rota_owner nologin") })
            await pool.close()
            try await admin.execute("drop owned by \(login) cascade; drop role \(login)")
            await admin.close()
        }
    }
}
