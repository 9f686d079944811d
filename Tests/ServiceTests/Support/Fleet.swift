import Model
import Recurrence
import Store
import StoreTestSupport

/// Definitions that were applied as a person does it, planned and worked by hand on a clock that stands where it was put.
struct Fleet: Sendable {
    let planning: Planning
    let worker: Int64

    var store: Store { planning.store }

    static func with<T: Sendable>(
        _ documents: [Definition], targetsAtOnce: Int = PlanningPass.targetsAtOnce,
        _ body: @Sendable (Fleet) async throws -> T
    ) async throws -> T {
        try await withMigratedDatabase(size: 4) { database in
            try await database.setClock(Planning.start)
            let planning = Planning(
                database: database, estate: Estate(pool: database.pool), store: Store(pool: database.pool),
                targetsAtOnce: targetsAtOnce)
            let fleet = Fleet(planning: planning, worker: try await planning.worker())
            try await fleet.apply(documents)
            return try await body(fleet)
        }
    }

    func apply(_ documents: [Definition]) async throws {
        _ = try await store.apply(documents: documents, prune: false, dryRun: false, actor: "ann")
    }

    /// `02T09:00` is that time on that day of March 2026.
    static func text(_ time: String) -> String { "2026-03-\(time):00Z" }
    static func at(_ time: String) -> Instant { instant(text(time)) }

    func plan(_ time: String? = nil) async throws { try await planning.plan(at: time.map(Self.text)) }

    /// Takes what may go, ends it as `succeed` says, and has what follows planned.
    ///
    /// - Returns: the assets that were worked on, sorted.
    @discardableResult
    func work(_ job: String? = nil, succeed: (Lease) -> Bool = { _ in true }) async throws -> [String] {
        let leases = try await planning.lease(worker).filter { job == nil || $0.job.name == job }
        for lease in leases { try await end(lease, succeeds: succeed(lease)) }
        try await plan()
        return leases.map { $0.asset?.name ?? $0.client.name }.sorted()
    }

    func end(_ lease: Lease, succeeds: Bool = true) async throws {
        _ = try await store.finish(
            worker: worker, lease: lease, outcome: Outcome(succeeds ? .succeeded : .failed, exitCode: succeeds ? 0 : 1),
            verdict: .finish(succeeds ? .succeeded : .failed))
    }

    /// What holds each asset's open run of a job, or where it stands.
    func standing(_ job: String) async throws -> [String: String] {
        let filter = RunFilter(job: job, states: RunState.allCases.filter(\.isOpen), limit: 1000)
        let now = try await store.now()
        return try await store.runs(filter, lately: now).rows.reduce(into: [:]) { standings, row in
            let word = if case .held(let hold, _, _, _) = row.standing { hold.rawValue } else { row.state.rawValue }
            standings[row.asset ?? row.client] = word
        }
    }

    static func client(_ name: String, zone: String = "UTC", labels: [String: String] = [:]) -> Definition {
        .client(Client(name: name, timezone: zone, labels: labels))
    }

    static func server(_ name: String, of client: String = "acme", _ labels: [String: String] = [:]) -> Definition {
        .asset(Asset(name: name, client: client, kind: "server", labels: labels))
    }

    static func job(_ name: String, cron: String = "0 9 * * *", _ change: (inout Job) -> Void = { _ in }) -> Definition
    {
        var job = Job(
            name: name, schedule: ScheduleRule(cron: cron), targets: TargetSelector(kinds: ["server"]),
            action: Jobs.exec())
        change(&job)
        return .job(job)
    }
}
