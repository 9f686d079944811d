import Model
import Postgres
import Recurrence
import Store
import StoreTestSupport
import Testing

/// A database whose schedulers and workers are this test's own hands, on a clock that is moved from event to event.
struct RealHistory {
    let database: MigratedDatabase
    let store: Store
    /// How long a run lasts, by its job's name.
    var durations: [String: Duration] = [:]
    private(set) var lines: [String] = []
    private var worker: Int64 = 0
    private var going: [(lease: Lease, endsAt: Instant)] = []

    init(_ database: MigratedDatabase) {
        self.database = database
        store = Store(pool: database.pool)
    }

    /// Does all that is to be done up to a moment, that moment left out.
    mutating func live(until end: Instant) async throws {
        worker =
            try await worker > 0
            ? worker
            : store.registerWorker(
                WorkerProfile(
                    name: "w", instance: "w", host: "h", queues: ["default"], clients: nil, slots: 900, reserve: 0))
        while true {
            let now = try await store.now()
            try await settle(now)
            guard let next = try await nextMoment(after: now), next < end else { return }
            try await database.setClock(next.description)
        }
    }

    private mutating func settle(_ now: Instant) async throws {
        while true {
            let ended = going.filter { $0.endsAt <= now }
            going.removeAll { $0.endsAt <= now }
            for one in ended {
                _ = try await store.finish(
                    worker: worker, lease: one.lease, outcome: Outcome(.succeeded, exitCode: 0),
                    verdict: .finish(.succeeded))
            }
            let pass = try await store.planAssignments(most: 500)
            #expect(pass.troubles.isEmpty)
            // For longer than any run of these tests lasts, so that none has to be renewed.
            let leases = try await store.lease(worker: worker, most: 900, length: .seconds(86_400))
            for lease in leases {
                lines.append("\(lease.job.name) \(lease.asset?.name ?? "-") \(now)")
                going.append((lease, now + (durations[lease.job.name] ?? .seconds(600))))
            }
            if ended.isEmpty, pass.assignments == 0, leases.isEmpty { return }
        }
    }

    private func nextMoment(after now: Instant) async throws -> Instant? {
        let planned: Instant? = try await database.pool.query(
            """
            select least(
                (select min(wake_at) from rota.assignment),
                (select min(not_before) from rota.ready where not_before > $1))
            """, [now]
        ).only().get(0)
        return ([planned] + going.map(\.endsAt)).compactMap { $0 }.min().map { max($0, now) }
    }
}
