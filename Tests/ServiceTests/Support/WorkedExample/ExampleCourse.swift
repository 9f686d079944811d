import Model
import Recurrence
import Store
import StoreTestSupport
import TestSupport

/// Lets the worked example happen: one scheduler and one worker on a clock that goes from event to event.
struct ExampleCourse {
    private let planning: Planning
    private let luck: ExampleLuck
    private let desk: WorkDesk
    private var now = instant(ExampleFleet.begins)
    /// What is at work, by the moment at which it ends.
    private var going: [Instant: [Lease]] = [:]
    /// When attempts that failed may be made again.
    private var again: Set<Instant> = []
    private var history: ExampleHistory

    private var store: Store { planning.store }

    init(database: MigratedDatabase, luck: ExampleLuck) async throws {
        self.luck = luck
        history = ExampleHistory(fleet: try ExampleFleet.read(), seed: luck.seed)
        try await database.setClock(ExampleFleet.begins)
        planning = Planning(
            database: database, estate: Estate(pool: database.pool), store: Store(pool: database.pool))
        let profile = WorkerProfile(
            name: "worker", instance: "worker", host: "here", queues: ["default"], clients: nil, slots: 500, reserve: 0)
        desk = WorkDesk(worker: try await planning.store.registerWorker(profile))
        _ = try await store.apply(documents: history.fleet.definitions, actor: "ann")
        _ = try await store.importAssets(history.fleet.servers, actor: "ann")
    }

    mutating func run() async throws -> ExampleHistory {
        while now < ExampleFleet.ends {
            try await planning.database.setClock("\(now)")
            if now == ExampleLuck.mended { try await resume() }
            try await plan()
            try await work()
            now = try await next()
        }
        history.standings = try await planning.database.pool.standings().filter { $0.job == ExampleFleet.patching }
        return history
    }

    /// Tells what has ended and takes what may go in the same turn, before a scheduler has looked, as workers do.
    private mutating func work() async throws {
        var ended = try (going.removeValue(forKey: now) ?? []).map { try end($0) }
        repeat {
            let turn = try await store.takeTurn(
                desk, ended: ended, wanted: Wanted(most: 500, mostReactive: 500, length: .seconds(86_400)))
            if let trouble = turn.trouble { throw trouble }
            for lease in turn.leases { going[now + luck.duration(of: lease), default: []].append(lease) }
            ended = []
        } while try await plan()
    }

    /// Whether there may be something new to take.
    @discardableResult
    private func plan() async throws -> Bool {
        let pass = try await store.planAssignments(most: 50)
        guard pass.troubles.isEmpty else { throw TestSupportError("\(pass.troubles)") }
        return pass.assignments > 0
    }

    private mutating func end(_ lease: Lease) throws -> EndedAttempt {
        let succeeded = luck.succeeds(lease)
        history.log.append(
            Stretch(
                job: lease.job.name, client: lease.client.name, asset: lease.asset?.name ?? "", due: lease.due,
                run: lease.run, start: lease.leasedAt, end: now, succeeded: succeeded))
        let verdict = lease.job.verdict(
            on: succeeded ? .succeeded : .failed, failedBefore: lease.attempts, lossesBefore: lease.losses)
        if case .retry(let wait) = verdict { again.insert(now + wait) }
        let outcome = Outcome(succeeded ? .succeeded : .failed, exitCode: succeeded ? 0 : 1)
        return EndedAttempt(lease, .finished(outcome, verdict))
    }

    /// A person lets the rollout go on that was stopped.
    private mutating func resume() async throws {
        let result = try await store.resumeRollouts(
            job: ExampleFleet.patching, client: ExampleLuck.unlucky, reason: "the driver was replaced", actor: "ann")
        guard case .decided = result else { return }
        history.resumed.append(now)
    }

    private mutating func next() async throws -> Instant {
        let wake = try await store.nextWake().map { now + max($0, .zero) }
        again = again.filter { $0 > now }
        let all = [wake, going.keys.min(), again.min(), ExampleLuck.mended, ExampleFleet.ends]
        return all.compactMap { $0 }.filter { $0 > now }.min() ?? ExampleFleet.ends
    }
}
