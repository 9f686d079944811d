import Model
import Postgres
import Recurrence
import Store
import StoreTestSupport

@testable import Reports

/// An installation in which all is well, for a test to break: its clock stands at noon, a scheduler and a worker have just
/// been seen, and the job `patch` runs on `srv-1` of `harbour`.
struct Ward: Sendable {
    static let noon = "2026-02-15T12:00:00Z"

    let database: MigratedDatabase
    let worker: Int64

    var store: Store { Store(pool: database.pool) }

    static func with(_ body: @Sendable (Ward) async throws -> Void) async throws {
        try await withMigratedDatabase { database in
            // Months are made around the clock that stood when the database was migrated.
            let months = "generate_series(-1, 3) n"
            try await database.setClock(noon)
            try await database.execute(
                """
                alter table rota.test_clock owner to rota_owner;
                select rota.make_month((date_trunc('month', rota.now() at time zone 'UTC')
                    + n * interval '1 month')::date) from \(months)
                """)
            let store = Store(pool: database.pool)
            _ = try await store.apply(
                documents: [
                    .client(Client(name: "harbour", timezone: "Europe/London")),
                    .asset(Asset(name: "srv-1", client: "harbour", kind: "server")),
                    .job(
                        Job(
                            name: "patch", schedule: ScheduleRule(every: Span(seconds: 315_360_000)),
                            targets: TargetSelector(kinds: ["server"]),
                            action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 60))))),
                ], prune: false, dryRun: false, actor: "ann")
            _ = try await store.planAssignments(most: 10)
            let worker = try await store.registerWorker(
                WorkerProfile(
                    name: "w", instance: "w/1", host: "h", queues: ["default"], clients: nil, slots: 8, reserve: 0))
            try await store.note(
                SchedulerProfile(name: "s", instance: "s/1", host: "h", history: .seconds(400 * 86_400)))
            try await body(Ward(database: database, worker: worker))
        }
    }

    /// What is not well, as `fail queues: queue default has …`.
    func complaints(_ store: Store? = nil, isDeep: Bool = false) async throws -> [String] {
        let now = try await self.store.now()
        let examination = Examination(store: store ?? self.store, libpq: 150_018, isDeep: isDeep) { now }
        // Logins belong to the whole server, and other tests make some.
        return try await examination.schema()
            .filter { $0.result != .ok && !$0.seen.hasPrefix("in rota_worker, and bound to no queue") }
            .map { "\($0.result.rawValue) \($0.name): \($0.seen)" }
    }

    /// Asks for a run, has it planned, and answers its number.
    func request() async throws -> Int64 {
        guard
            case .requested(let runs) = try await store.requestRuns(job: "patch", client: nil, asset: nil, actor: "ann"),
            let run = runs.first
        else { throw CancellationError() }
        _ = try await store.planAssignments(most: 10)
        return run.run
    }

    /// Does what is ready, and keeps a word of output.
    func work() async throws {
        for lease in try await store.lease(worker: worker, most: 10) {
            let text = Array("done\n".utf8)
            let hash: [UInt8] = try await database.pool.query("select sha256($1)", [text]).only().get(0)
            _ = try await store.finish(
                worker: worker, lease: lease,
                outcome: Outcome(
                    .succeeded, exitCode: 0,
                    output: CapturedOutput(head: text, tail: [], length: Int64(text.count), sha256: hash)),
                verdict: .finish(.succeeded))
        }
    }
}
