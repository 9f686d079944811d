import Model
import Recurrence

extension Forecast {
    /// Follows a world in memory from `now` on: planned by the very function by which schedulers plan, with as many workers as
    /// there is work, and everything taken to succeed.
    ///
    /// - Parameter progress: told now and then how far the world has come.
    /// - Throws: `WorldError`, which is a mistake in what decides.
    public static func make(
        _ question: ForecastQuestion, progress: (_ at: Instant, _ runs: Int) -> Void = { _, _ in }
    ) throws -> Forecast {
        var stage = ForecastStage(question)
        try stage.settle()
        var steps = 0
        while try stage.step() {
            steps += 1
            if steps % 1_000 == 0 { progress(stage.world.now, stage.world.runs.count) }
        }
        var forecast = stage.forecast()
        if let badNight = BadNight(question) {
            forecast.add(try badNight.problems(beside: forecast.problems))
        }
        return forecast
    }
}

/// The world of a forecast, and those who watch it.
struct ForecastStage {
    let question: ForecastQuestion
    var world: World
    private let assets: [Int64: Asset]
    private var problems: [ForecastProblem] = []
    var moves: MoveWatch
    private var frozen: FrozenWatch
    private var collisions: CollisionWatch

    init(_ question: ForecastQuestion) {
        self.question = question
        let names = question.catalogue.assets.keys.sorted()
        let numbers =
            question.facts?.assets
            ?? Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, Int64($0.offset) + 1) })
        let jobs = question.catalogue.jobs.values
        let durations = Dictionary(uniqueKeysWithValues: jobs.map { ($0.name, question.duration(of: $0)) })
        world = World(now: question.now, labour: NoLabour())
        let justBefore = Instant(microseconds: question.now.microseconds - 1)
        let troubles = world.add(
            question.facts?.planned ?? question.catalogue.planned(through: justBefore), of: question.catalogue,
            numbers: numbers)
        world.labour = ForecastLabour(question, world.assignments)
        assets = Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                question.catalogue.assets[name].map { (numbers[name] ?? 0, $0) }
            })
        moves = MoveWatch(durations)
        frozen = FrozenWatch(question.catalogue, world.assignments)
        collisions = CollisionWatch(question.catalogue, world.assignments, assets)
        problems = troubles.map { .trouble($0) }
        if let facts = question.facts { bring(in: facts) }
    }

    mutating func settle() throws {
        try world.settle()
        watch()
    }

    mutating func step() throws -> Bool {
        let isGoingOn = try world.step(until: question.until)
        watch()
        return isGoingOn
    }

    private mutating func watch() {
        for event in world.takeEvents() {
            moves.see(event, in: world)
            frozen.see(event, in: world)
            collisions.see(event, in: world)
        }
    }
}

extension ForecastStage {
    /// What came of it.
    func forecast() -> Forecast {
        let assignments = world.assignments.map { assignment in
            Forecast.Assignment(
                job: assignment.job.name, client: assignment.client.name, queue: assignment.job.queue,
                window: assignment.job.window)
        }
        let names = assets.mapValues(\.name)
        let starts = starts()
        let load = ForecastLoad(
            from: question.from, until: question.until, starts: starts,
            queues: assignments.map(\.queue))
        var found = problems + moves.problems(world, names) + frozen.problems(world) + collisions.problems(world)
        found += moves.held(world, names)
        found += FullDays(load: load, slots: question.facts?.slots ?? [:]).problems
        found = found.filter { $0.due.map { $0 < question.until } ?? true }
        var forecast = Forecast(
            from: question.from, until: question.until, assignments: assignments, assets: names, starts: starts,
            problems: [], load: load)
        forecast.add(found)
        return forecast
    }

    /// Occurrences of which runs do not start before their window closes, where all runs are slow.
    var tight: [ForecastProblem] { moves.tight(world) }

    private func starts() -> [Forecast.Start] {
        let durations = world.assignments.map { question.duration(of: $0.job) }
        var starts: [Forecast.Start] = []
        for run in world.runs {
            guard let startsAt = run.startedAt, startsAt >= question.from, startsAt < question.until else { continue }
            // What was ended before its time has ended then.
            var endsAt = startsAt + durations[run.assignment]
            if case .done(_, let at) = run.place, at < endsAt { endsAt = at }
            starts.append(
                Forecast.Start(
                    assignment: Int32(run.assignment), target: run.target, due: run.due, startsAt: startsAt,
                    endsAt: endsAt, ring: run.ring))
        }
        // Runs were made in the order of jobs, clients and assets: so what starts at one moment stays in that.
        let order = starts.indices.sorted { (starts[$0].startsAt, $0) < (starts[$1].startsAt, $1) }
        return order.map { starts[$0] }
    }
}
