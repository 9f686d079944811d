import Model
import Postgres
import Recurrence
import StoreTestSupport

@testable import Store

/// Definitions with something in each field that a test does not care about.
enum Sample {
    static let noon = "2026-02-15T12:00:00Z"

    static func client(_ name: String, timezone: String = "Europe/London", labels: [String: String] = [:]) -> Client {
        Client(name: name, timezone: timezone, businessHours: ["Mon-Fri 08:00-18:00"], labels: labels)
    }

    static func asset(_ name: String, of client: String, kind: String = "server") -> Asset {
        Asset(name: name, client: client, kind: kind)
    }

    static func job(
        _ name: String, clients: ClientSelector = .all, cron: String = "0 3 * * *", window: String? = nil,
        timeout: Span = Span(seconds: 600)
    ) -> Job {
        Job(
            name: name, clients: clients, schedule: ScheduleRule(cron: cron), window: window,
            targets: TargetSelector(kinds: ["server"]),
            action: .exec(ExecAction(command: ["/bin/true"], timeout: timeout)))
    }

    /// From two to five every night.
    static func window(_ name: String, except: [String] = []) -> WindowRule {
        WindowRule(
            name: name, opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3 * 3600), except: except)
    }
}

/// A store on a database of its own, with the clock at noon.
struct Desk: Sendable {
    let database: MigratedDatabase

    var store: Store { Store(pool: database.pool) }

    static func with(_ body: @Sendable (Desk) async throws -> Void) async throws {
        try await withMigratedDatabase { database in
            try await database.setClock(Sample.noon)
            try await body(Desk(database: database))
        }
    }

    @discardableResult
    func apply(_ documents: Definition..., prune: Bool = false, dryRun: Bool = false) async throws -> ApplyResult {
        try await store.apply(documents: documents, prune: prune, dryRun: dryRun, actor: "ann")
    }

    /// `created client/harbour`, but nothing of what is unchanged.
    func changes(_ result: ApplyResult) -> [String] {
        result.objects.filter { $0.change != .unchanged }
            .map { "\($0.change) \($0.kind.rawValue.lowercased())/\($0.name)" }
    }

    /// `made patch harbour`.
    func assignments(_ result: ApplyResult) -> [String] {
        result.assignments.map { "\($0.change) \($0.job) \($0.client)" }
    }

    /// The messages for which it is refused; none where it is not.
    func refusals(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let error as ApplyRefused {
            return error.reasons.map { "\($0.subject): \($0.message)" }
        }
    }

    /// Everything of a table, as text; for comparing it before and after.
    func texts(_ sql: String) async throws -> [String] {
        try await database.pool.query(Statement(sql)).map { try $0.get(0) }
    }

    /// Puts a run of an assignment where a test wants it.
    func run(_ job: String, _ client: String, asset: String? = nil, in place: String) async throws -> Int64 {
        let run: Int64 = try await database.pool.query(
            """
            with o as (
                insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
                select a.id, rota.now(), '2026-02-15T12:00:00', 'UTC', j.revision, rota.now()
                from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
                where j.name = $1 and c.name = $2
                on conflict (assignment_id, due_at) do update set zone = excluded.zone
                returning assignment_id, due_at, revision
            ), r as (
                insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority,
                    due_at, made_at)
                select a.id, a.job_id, o.revision, a.client_id, (select id from rota.asset where name = $3),
                    'proactive', 'default', 50, o.due_at, rota.now()
                from o join rota.assignment a on a.id = o.assignment_id
                returning id, due_at, assignment_id
            ), h as (
                insert into rota.held (run_id, due_at, assignment_id, hold, why, since)
                select id, due_at, assignment_id, 'window', 'closed', rota.now() from r
            )
            select id from r
            """, [job, client, asset]
        ).only().get(0)
        let moves = [
            "ready": """
            insert into rota.ready
            select f.*
            from gone g
            join rota.run r on r.id = g.run_id
            cross join lateral rota.as_ready(r, rota.now(), rota.now(), null, 0::smallint, 0::smallint) f
            """,
            "waiting": """
            insert into rota.waiting (run_id, due_at, assignment_id, waits_for, since)
            select g.run_id, g.due_at, g.assignment_id, 'task', rota.now() from gone g
            """,
        ]
        if let move = moves[place] {
            let sql = "with gone as (delete from rota.held where run_id = $1 returning *) \(move)"
            _ = try await database.pool.query(Statement(sql), [run])
        }
        return run
    }

    func places(_ run: Int64) async throws -> [String] {
        try await database.pool.query("select rota.places($1)", [run]).only().get(0)
    }
}
