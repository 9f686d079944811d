import Model
import Recurrence
import Store
import StoreTestSupport

/// A database that a test plans by hand, with a clock that stands where it was put.
struct Planning: Sendable {
    let database: MigratedDatabase
    let estate: Estate
    let store: Store
    /// With more targets than this an assignment is planned in parts.
    var targetsAtOnce = PlanningPass.targetsAtOnce

    /// Runs `body` on a database of its own, whose clock stands at `moment`, with one client in UTC.
    static func with<T: Sendable>(
        at moment: String = Planning.start, _ body: @Sendable (Planning) async throws -> T
    ) async throws -> T {
        try await withMigratedDatabase(size: 8) { database in
            try await database.setClock(moment)
            let estate = Estate(pool: database.pool)
            try await estate.add(client)
            return try await body(
                Planning(database: database, estate: estate, store: Store(pool: database.pool)))
        }
    }

    static let start = "2026-03-02T00:00:00Z"
    static let client = Client(name: "acme", timezone: "UTC")

    /// Plans whatever is to be planned now; in batches, until nothing is left.
    @discardableResult
    func plan(at moment: String? = nil, batch: Int = 50) async throws -> PlanningPass {
        if let moment { try await database.setClock(moment) }
        var total = PlanningPass()
        while true {
            let pass = try await store.planAssignments(most: batch, targetsAtOnce: targetsAtOnce)
            total.assignments += pass.assignments
            total.occurrences += pass.occurrences
            total.moves += pass.moves
            total.troubles += pass.troubles
            if pass.assignments == 0 { return total }
        }
    }

    /// A job of one client, whose schedule counts from the clock's start.
    @discardableResult
    func add(_ job: Job, from moment: String = Planning.start) async throws -> Assignment {
        try await estate.add(job, for: Self.client, plannedThrough: instant(moment))
    }

    func worker(_ name: String = "worker") async throws -> Int64 {
        try await store.registerWorker(
            WorkerProfile(
                name: name, instance: name, host: "here", queues: ["default"], clients: nil, slots: 8, reserve: 0))
    }

    func lease(_ worker: Int64, most: Int = 100, length: Duration = .seconds(30)) async throws -> [Lease] {
        try await store.lease(worker: worker, most: most, length: length)
    }
}

/// A moment of a test's own writing.
func instant(_ text: String) -> Instant {
    guard let instant = Instant(rfc3339: text) else { preconditionFailure("\(text) is no moment") }
    return instant
}

/// Jobs as these tests need them.
enum Jobs {
    static func command(_ name: String = "job", every seconds: Int64, timeout: Int64 = 600) -> Job {
        Job(name: name, schedule: ScheduleRule(every: Span(seconds: seconds)), action: exec(timeout: timeout))
    }

    static func command(_ name: String = "job", cron: String, window: String? = nil, timeout: Int64 = 600) -> Job {
        Job(name: name, schedule: ScheduleRule(cron: cron), window: window, action: exec(timeout: timeout))
    }

    static func exec(timeout: Int64 = 600) -> Action {
        .exec(ExecAction(command: ["true"], timeout: Span(seconds: timeout)))
    }
}
