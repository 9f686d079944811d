import Model
import Recurrence
import Testing

/// A world in memory: what happens in it follows from how it began alone.
struct WorldTests {
    /// Everything lasts as long as is said, and ends as is said for the attempt.
    private struct Steady: Labour {
        var lasting = Duration.seconds(600)
        var endings: [Work.Ending] = []

        func work(on chore: Chore) -> Work {
            Work(
                lasting: lasting,
                ending: chore.attempt <= endings.count ? endings[chore.attempt - 1] : .tells(.succeeded))
        }

        func patience(with chore: Chore) -> Duration? { lasting }
    }

    private static let beginning = Instant(rfc3339: "2026-03-10T00:00:00Z")!
    private static let hour = Duration.seconds(3600)

    private func world(_ jobs: [Job], assets: Int = 3, labour: Steady = Steady()) -> World {
        let client = Client(name: "acme", timezone: "UTC")
        let assets = (1...assets).map { Asset(name: "a\($0)", client: "acme", kind: "server") }
        var world = World(now: Self.beginning, labour: labour)
        let catalogue = Catalogue([.client(client)] + assets.map(Definition.asset) + jobs.map(Definition.job))
        let numbers = Dictionary(
            uniqueKeysWithValues: assets.enumerated().map { ($0.element.name, Int64($0.offset) + 1) })
        let troubles = world.add(catalogue.planned(through: Self.beginning), of: catalogue, numbers: numbers)
        #expect(troubles == [])
        return world
    }

    private func job(
        _ name: String = "job", _ cron: String = "0 * * * *", atOnce: Int? = nil, exclusive: Bool? = nil,
        repeatable: Bool? = nil, retry: RetryPolicy = RetryPolicy(), priority: Int = 50
    ) -> Job {
        Job(
            name: name, schedule: ScheduleRule(cron: cron), targets: TargetSelector(kinds: ["server"]),
            priority: priority, retry: retry, atOnce: atOnce, exclusive: exclusive, repeatable: repeatable,
            action: Given.exec)
    }

    /// The minutes after the beginning at which attempts began, with their runs.
    private func starts(_ world: inout World, through: Duration) throws -> [String] {
        try world.settle()
        while try world.step(until: Self.beginning + through) {}
        return world.attempts.map { attempt in
            let run = world.runs[Int(attempt.run) - 1]
            let name = world.assignments[run.assignment].job.name
            return "\((attempt.startedAt - Self.beginning).components.seconds / 60) \(name) a\(run.target ?? 0)"
        }
    }

    @Test func `what is due starts at that moment on each target, and ends when its time has passed`() throws {
        var world = world([job()])
        #expect(try starts(&world, through: Self.hour * 2) == ["60 job a1", "60 job a2", "60 job a3"])
        #expect(world.runs.allSatisfy { $0.place == .done(.succeeded, at: Self.beginning + .seconds(4200)) })
    }

    @Test func `no more than the limit are at work, and the next starts when one has ended`() throws {
        var world = world([job(atOnce: 1)])
        #expect(try starts(&world, through: Self.hour * 2) == ["60 job a1", "70 job a2", "80 job a3"])
    }

    @Test func `a point of priority counts as five minutes of age`() throws {
        var world = world(
            [job("low", atOnce: 1, exclusive: true, priority: 10), job("soon", exclusive: true)], assets: 1)
        #expect(try starts(&world, through: Self.hour * 2) == ["60 soon a1", "70 low a1"])
    }

    @Test func `what is applied while its label is paused is paused from the beginning`() throws {
        let client = Client(name: "acme", timezone: "UTC", labels: ["ring": "pilot"])
        let before = Catalogue([.client(client)])
        var job = job()
        job.targets = nil
        let after = Catalogue([.client(client), .job(job)])
        var world = World(now: Self.beginning, labour: Steady())
        world.add(
            WorldPause(
                pause: Pause(
                    reason: "audit", actor: "ann", since: Self.beginning, until: Self.beginning + Self.hour * 2,
                    cover: .label(key: "ring", value: "pilot"))))
        try world.apply(after, before: before, numbers: [:])
        #expect(try starts(&world, through: Self.hour * 4) == ["120 job a0", "180 job a0"])
    }

    @Test func `room that a run leaves unused in one group is for those that wait there`() throws {
        // a1 waits for two groups; when the job's has room, the asset's still has none.
        let long = Job(
            name: "long", schedule: ScheduleRule(cron: "0 1 * * *"),
            targets: TargetSelector(kinds: ["server"], labels: ["long": "yes"]), exclusive: true,
            action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 7200))))
        let short = job("short", atOnce: 1, exclusive: true, priority: 60)
        let client = Client(name: "acme", timezone: "UTC")
        let assets = (1...2).map {
            Asset(name: "a\($0)", client: "acme", kind: "server", labels: $0 == 1 ? ["long": "yes"] : [:])
        }
        struct ByJob: Labour {
            // Jobs stand in the order of their names.
            func work(on chore: Chore) -> Work { Work(lasting: .seconds(chore.assignment == 0 ? 5400 : 600)) }
            func patience(with chore: Chore) -> Duration? { nil }
        }
        var world = World(now: Self.beginning, labour: ByJob())
        let longFirst = Job(
            name: long.name, schedule: ScheduleRule(cron: "30 0 * * *"), targets: long.targets, exclusive: true,
            action: long.action)
        let catalogue = Catalogue([.client(client), .job(longFirst), .job(short)] + assets.map(Definition.asset))
        _ = world.add(
            catalogue.planned(through: Self.beginning), of: catalogue, numbers: ["a1": 1, "a2": 2])
        #expect(try starts(&world, through: Self.hour + .seconds(1800)) == ["30 long a1", "60 short a2"])
    }

    @Test func `what fails is tried again after its wait, and fails when no attempt is left`() throws {
        let retry = RetryPolicy(attempts: 2, wait: Span(seconds: 300))
        let failing = Steady(endings: [.tells(.failed), .tells(.failed)])
        var world = world([job(retry: retry)], assets: 1, labour: failing)
        #expect(try starts(&world, through: Self.hour * 2) == ["60 job a1", "75 job a1"])
        #expect(world.runs[0].place == .done(.failed, at: Self.beginning + .seconds(85 * 60)))
    }

    @Test func `over all clients nobody waits for one that has no targets`() throws {
        let rollout = Rollout(
            rings: [.init(match: ["ring": "pilot"], soak: nil), .init(match: [:], soak: nil)], across: .clients)
        let daily = Job(
            name: "job", schedule: ScheduleRule(cron: "0 12 * * *"), targets: TargetSelector(kinds: ["server"]),
            rollout: rollout, action: Given.exec)
        // What has no targets is planned first, as its noon comes first.
        let clients = [Client(name: "tokyo", timezone: "Asia/Tokyo"), Client(name: "home", timezone: "UTC")]
        let assets = (1...2).map {
            Asset(name: "a\($0)", client: "home", kind: "server", labels: $0 == 1 ? ["ring": "pilot"] : [:])
        }
        let catalogue = Catalogue(
            clients.map(Definition.client) + assets.map(Definition.asset) + [.job(daily)])
        var world = World(now: Self.beginning, labour: Steady())
        _ = world.add(catalogue.planned(through: Self.beginning), of: catalogue, numbers: ["a1": 1, "a2": 2])
        let pause = Pause(
            reason: "broken", actor: "ann", since: Self.beginning, until: nil, cover: .asset(1), subject: nil)
        world.add(WorldPause(client: "home", pause: pause))
        try world.settle()
        var stops: [Instant] = []
        while try world.step(until: Self.beginning + Self.hour * 36) {
            for case .stopped in world.takeEvents() { stops.append(world.now) }
        }
        // The pilot is skipped when it is due, though it was planned 27 hours ahead; the rollout stops then.
        #expect(stops == [Self.beginning + Self.hour * 12])
    }

    @Test func `a run whose worker vanished is done again 35 seconds after the last renewal`() throws {
        var world = world([job()], assets: 1, labour: Steady(endings: [.vanishes]))
        _ = try starts(&world, through: Self.hour * 2)
        #expect(world.attempts.map(\.ended) == [.lost, .succeeded])
        #expect(world.attempts[1].startedAt - world.attempts[0].startedAt == .seconds(635))
    }

    @Test func `the end that a superseded worker tells is refused`() throws {
        var world = world([job()], assets: 1, labour: Steady(endings: [.stalls(.seconds(60), .failed)]))
        try world.settle()
        var refused = 0
        while try world.step(until: Self.beginning + Self.hour * 2) {
            for case .refused in world.takeEvents() { refused += 1 }
        }
        #expect(refused == 1)
        #expect(world.attempts.map(\.ended) == [.lost, .succeeded])
    }

    @Test func `what must not be repeated is held for a person when its worker vanished`() throws {
        var world = world([job(repeatable: false)], assets: 1, labour: Steady(endings: [.vanishes]))
        _ = try starts(&world, through: Self.hour * 3)
        #expect(world.runs[0].place == .held(.unknown, lookAt: nil))
        #expect(world.attempts.filter { $0.run == 1 }.count == 1)
    }

    @Test(arguments: [Job.Overlap.skip, .queue, .replace])
    func `what is caught up goes one after the other on a target`(_ overlap: Job.Overlap) throws {
        var hourly = job()
        hourly.catchUp = .all
        hourly.overlap = overlap
        var world = world([hourly], assets: 1)
        try world.settle()
        world.isPlanning = false
        while try world.step(until: Self.beginning + Self.hour * 3 + .seconds(60)) {}
        world.isPlanning = true
        let starts = try starts(&world, through: Self.hour * 4)
        #expect(starts == ["181 job a1", "191 job a1", "201 job a1"])
    }

    @Test func `while no scheduler lives nothing is planned, and what passed then is missed but for the last`() throws {
        var world = world([job()], assets: 1)
        try world.settle()
        world.isPlanning = false
        while try world.step(until: Self.beginning + Self.hour * 5 + .seconds(60)) {}
        #expect(world.runs.isEmpty)
        world.isPlanning = true
        try world.settle()
        #expect(world.runs.count == 5)
        #expect(world.runs.dropLast().allSatisfy { $0.place == .done(.missed, at: world.now) })
        #expect(world.attempts.map(\.run) == [5])
    }
}
