import Model
import Postgres
import Recurrence
import StoreTestSupport
import Testing

@testable import Store

/// Work as schedulers and workers do it, by hand. The job `patch` is due at 03:00 each day on the servers of `harbour`
/// (`srv-1`, `srv-2`) and of `orchard` (`apple-1`), and may succeed until 03:00 of the day after.
struct Floor: Sendable {
    let desk: Desk
    let worker: Int64

    var store: Store { desk.store }

    static func with(_ body: @Sendable (Floor) async throws -> Void) async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("orchard")), .asset(asset("srv-1", "harbour")),
                .asset(asset("srv-2", "harbour")), .asset(asset("apple-1", "orchard")), .job(Sample.job("patch")))
            let worker = try await desk.store.registerWorker(
                WorkerProfile(
                    name: "w1", instance: "w1-1", host: "h1", queues: ["default"], clients: nil, slots: 8, reserve: 6))
            try await body(Floor(desk: desk, worker: worker))
        }
    }

    static func asset(_ name: String, _ client: String) -> Asset {
        Asset(name: name, client: client, kind: "server", labels: ["os": "linux"])
    }

    /// `16T03:00` is that time on that day of February 2026.
    func clock(_ time: String) async throws { try await desk.database.setClock(Self.text(time)) }

    static func at(_ time: String) -> Instant { Instant(rfc3339: text(time))! }

    private static func text(_ time: String) -> String { "2026-02-\(time):00Z" }

    /// Has a scheduler look at everything whose time has come.
    func plan(at time: String? = nil) async throws {
        if let time { try await clock(time) }
        _ = try await store.planAssignments(most: 100)
    }

    /// Leases up to so many runs, and ends each of them the same way; answers their numbers.
    @discardableResult
    func work(
        _ outcome: Outcome = Outcome(.succeeded, exitCode: 0), verdict: Verdict? = nil, most: Int = 100,
        only asset: String? = nil
    ) async throws -> [Int64] {
        let leases = try await lease(most: most)
        for lease in leases where asset == nil || lease.asset?.name == asset {
            let state: RunState = outcome.ended == .succeeded ? .succeeded : .failed
            _ = try await store.finish(
                worker: worker, lease: lease, outcome: outcome, verdict: verdict ?? .finish(state))
        }
        let others = leases.filter { asset != nil && $0.asset?.name != asset }
        if !others.isEmpty { _ = try await store.release(worker: worker, attempts: others.map(\.attempt)) }
        return leases.filter { asset == nil || $0.asset?.name == asset }.map(\.run)
    }

    func lease(most: Int = 100) async throws -> [Lease] {
        try await store.lease(worker: worker, most: most)
    }

    /// `patch srv-1 failed 16T03:00`, for each target that is overdue.
    func overdue(_ filter: RunFilter = RunFilter()) async throws -> [String] {
        let overdue = try await store.overdueRuns(filter, now: try await store.now())
        return overdue.runs.map { run in
            let due = run.row.due.description.dropFirst("2026-02-".count).dropLast(":00Z".count)
            return "\(run.row.job) \(run.row.asset ?? run.row.client) \(run.row.state.rawValue) \(due)"
        }.sorted()
    }
}
