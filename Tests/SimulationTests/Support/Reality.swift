import Postgres
import Recurrence
import Store
import StoreTestSupport

@testable import Model

/// The deeds of a history done to a database, with schedulers and workers that are this test's own hands: they call what the
/// services call, on a clock that is moved from event to event.
struct Reality {
    let database: MigratedDatabase
    let store: Store
    let hearingTakes: Duration
    /// The places of assignments in the world's list, for what becomes of their runs follows from these.
    let places: [RunKey.Assignment: Int]
    let queues: [String]
    var labour: RandomLabour
    var now: Instant
    var isPlanning = true
    var isWorking = true
    /// Queues of which the workers have ended.
    var ended: Set<String> = []
    /// When the workers that live were seen last; nil where nothing depends on that.
    var seenAt: Instant?
    var slots: [String: Int] = [:]
    var desks: [String: WorkDesk] = [:]
    var agenda = Agenda<RealItem>()
    var going: [Int64: Chance] = [:]
    /// How many attempts each run had.
    var attempts: [Int64: Int] = [:]
    /// Those who are known to be asked to end, and to wait for a person.
    var asked: Set<Int64> = []
    var waiting: Set<Int64> = []
    var isLossDue = false
    /// The names of assets that were applied.
    var known: Set<String> = []
    var history = History()

    /// An attempt that goes on.
    struct Chance {
        var lease: Lease
        var queue: String
        var work: Work
        var deafFrom: Instant?
        /// Another may have its run.
        var isLost = false
    }

    init(_ drill: Drill, on database: MigratedDatabase) {
        self.database = database
        store = Store(pool: database.pool)
        hearingTakes = drill.world.hearingTakes
        places = Dictionary(
            uniqueKeysWithValues: drill.world.assignments.enumerated().map { place, assignment in
                (RunKey.Assignment(job: assignment.job.name, client: assignment.client.name), place)
            })
        queues = drill.world.queues.map(\.name)
        labour = drill.labour
        now = drill.beginning
    }

    /// Lives through all of it.
    mutating func live(through drill: Drill, from catalogue: Catalogue) async throws -> History {
        try await move(to: drill.beginning)
        _ = try await store.keepMonths(ahead: 4, history: .seconds(400 * 86_400))
        try await apply(catalogue)
        for queue in queues { desks[queue] = WorkDesk(worker: try await register(queue)) }
        if catalogue.jobs.values.contains(where: { $0.whenOffline == .skip }) { seenAt = now }
        try await settle()
        for act in drill.deeds {
            try await live(until: act.at)
            for deed in act.deeds { try await enact(deed) }
            try await settle()
        }
        try await live(until: drill.end)
        try await tell()
        return history
    }

    private mutating func live(until end: Instant) async throws {
        while let next = try await next(), next < end {
            try await move(to: next)
            try await settle()
        }
        try await move(to: end)
    }

    private mutating func move(to moment: Instant) async throws {
        now = max(now, moment)
        try await database.setClock(now.description)
    }

    /// When something is to happen next of itself.
    private func next() async throws -> Instant? {
        let glance = try await glance()
        return [isPlanning ? glance.wakeAt : nil, isWorking ? glance.laterFrom : nil, agenda.next]
            .compactMap { $0 }.min().map { max($0, now + .microseconds(1)) }
    }

    /// Does all that can be done at this moment.
    mutating func settle() async throws {
        repeat {
            while let item = agenda.take(by: now) { try await perform(item) }
            if isPlanning { try await plan() }
            let glance = try await glance()
            try await hear(glance)
            if agenda.next.map({ $0 <= now }) ?? false { continue }
            if isWorking, try await start(glance) { continue }
            guard isPlanning, glance.hasParked else { return }
            // Schedulers look for room also where no worker is there to take it.
            try await store.unparkWhereRoom()
            guard isWorking, try await start(self.glance()) else { return }
        } while true
    }

    private mutating func plan() async throws {
        if isLossDue {
            isLossDue = false
            // Those who live have renewed their leases all the time.
            for (queue, desk) in desks {
                let alive = going.filter { attempt, chance in
                    chance.queue == queue && chance.deafFrom.map { now < $0 } ?? true
                }
                _ = try await store.renew(worker: desk.worker, attempts: Array(alive.keys), length: .seconds(30))
            }
            for lost in try await store.endLostLeases(grace: .seconds(5)) { lose(lost.attempt) }
        }
        while try await store.nextWake().map({ $0 <= .zero }) ?? false {
            try await beSeen()
            let pass = try await store.planAssignments(most: 500)
            if let trouble = pass.troubles.first { throw RealityError(text: "\(now): \(trouble)") }
        }
    }

    /// A worker that comes back does not know that its lease was lost; one that has vanished has no slots any more.
    private mutating func lose(_ attempt: Int64) { going[attempt]?.isLost = true }

    /// Whoever is asked to end hears of it after a while, and a person does a task after some time.
    private mutating func hear(_ glance: Glance) async throws {
        for attempt in glance.cancels where asked.insert(attempt).inserted {
            agenda.add(.cancel(attempt), at: now + hearingTakes)
        }
        let new = glance.waiting.filter { waiting.insert($0).inserted }
        guard !new.isEmpty else { return }
        let keys = try await keys()
        for run in new {
            guard let key = keys[run], let patience = labour.patience(with: chore(run, key)) else { continue }
            agenda.add(.complete(run), at: now + patience)
        }
    }

    /// An attempt as those who do the work are asked about it; assets are called by their numbers in memory.
    func chore(_ run: Int64, _ key: RunKey) -> Chore {
        Chore(
            run: run, attempt: attempts[run] ?? 0, assignment: places[key.assignment] ?? 0,
            target: key.asset.map(Self.number), due: key.due)
    }
}

/// Something of a history could not be done in the database.
struct RealityError: Error {
    var text: String
}
