import Model
import Recurrence
import SeededDice
import Testing

/// A plan is made of a part of the targets at a time, where there are many: no decision may depend on that.
@Suite struct PlanInPartsTests {
    static let seeds = Array(UInt64(1)...100)

    @Test(arguments: seeds) func `a plan made in parts is the plan of all targets`(seed: UInt64) throws {
        var random = Dice(seed)
        let now = Given.at("09:00")
        for _ in 0..<10 {
            let state = try Self.state(&random)
            let whole = try state.plan(now: now)
            let parts = try Self.parts(of: state, &random).map { try $0.plan(now: now) }
            let joined = parts.dropFirst().reduce(into: parts[0]) { $0.join($1) }
            #expect(joined == whole, "seed \(seed): \(state.job)")
        }
    }

    @Test func `the random states stop rollouts, end runs, make several occurrences and hold for each reason`() throws {
        var holds: Set<Hold> = []
        var (halts, ends, several, pauses) = (0, 0, 0, 0)
        for seed in Self.seeds {
            var random = Dice(seed)
            let plan = try Self.state(&random).plan(now: Given.at("09:00"))
            halts += plan.halts.count
            ends += plan.ends.count
            several += plan.occurrences.count > 1 ? 1 : 0
            pauses += plan.pause == nil ? 0 : 1
            for placement in plan.occurrences.flatMap(\.runs).map(\.placement) + plan.moves.map(\.to) {
                if case .held(let hold, _, _) = placement { holds.insert(hold) }
            }
        }
        #expect(halts > 5 && ends > 5 && several > 5 && pauses > 5, "\(halts) \(ends) \(several) \(pauses)")
        #expect(holds.isSuperset(of: [.ring, .approval, .overlap, .window, .requires, .paused, .due]), "\(holds)")
    }

    /// Of up to forty assets, some of which are no targets any more, in any order of runs.
    private static func state(_ random: inout Dice) throws -> AssignmentState {
        let job = job(&random)
        let numbers = (1...Int64.random(in: 2...40, using: &random)).map { $0 }
        var state = try Given.state(
            job, window: random.chance(30) ? Given.nightly() : nil, planned: random.pick(["05:30", "08:30", "09:00"]),
            targets: numbers.filter { _ in random.chance(90) })
        state.client = Client(name: "acme", timezone: "UTC", atOnce: random.chance(20) ? 3 : nil)
        for number in numbers {
            state.assets[number] = Asset(
                name: "srv-\(number)", client: "acme", kind: "server",
                labels: ["ring": random.pick(["canary", "early", "late"]), "ha": "\(number / 2)"])
        }
        state.windowStops = random.chance(50)
        state.hasWorker = random.chance(50)
        if random.chance(20) { state.failure = FailedRun(id: 7, reason: nil) }
        if random.chance(20) {
            state.pauses = [
                Pause(
                    reason: "r", actor: "a", since: Given.at("01:00"), until: nil,
                    cover: .label(key: "ring", value: "late"))
            ]
        }
        state.facts.successes["backup"] = Dictionary(
            uniqueKeysWithValues: numbers.filter { _ in random.chance(80) }.map { ($0, Given.at("08:00")) })
        state.open = open(on: numbers, &random)
        for due in Set(state.open.map(\.due)) where job.rollout?.isWatched == true {
            state.rollouts[due] = RolloutTally(rings: [
                0: .init(
                    planned: 5, open: random.pick([0, 2]), succeeded: random.pick([0, 2]), failed: random.pick([0, 3])),
                1: .init(planned: 5, open: 5),
            ])
        }
        return state
    }

    private static func job(_ random: inout Dice) -> Job {
        var job = Given.job(lead: random.chance(20) ? Given.span("2h") : nil)
        job.overlap = random.pick([.skip, .queue, .allow, .replace])
        job.catchUp = random.pick([.latest, .all, .none])
        if random.chance(60) {
            job.rollout = Rollout(
                rings: random.chance(70)
                    ? [.init(match: ["ring": "canary"], soak: Given.span("1h")), .init(match: [:])] : nil,
                atOnce: random.chance(50) ? Amount("10%") : nil, stopAfter: random.chance(50) ? Amount("5%") : nil,
                apart: random.chance(30) ? "ha" : nil)
        }
        if random.chance(30) { job.requires = [.succeeded(job: "backup", within: Given.span("24h"))] }
        if random.chance(30) { job.schedule.spread = Given.span("30m") }
        if random.chance(30) { job.whenOffline = .skip }
        job.exclusive = random.chance(30) ? true : nil
        return job
    }

    private static func open(on numbers: [Int64], _ random: inout Dice) -> [OpenRun] {
        var runs: [OpenRun] = []
        for number in numbers {
            for due in ["06:00", "07:00", "08:00"] where random.chance(30) {
                let place: OpenRun.Place = random.pick([
                    .leased, .waiting(repeatAt: nil), .held(.ring, lookAt: nil), .held(.due, lookAt: Given.at("09:00")),
                    .held(.overlap, lookAt: nil),
                    .ready(notBefore: Given.at(due), startBy: random.chance(30) ? Given.at("09:00") : nil),
                ])
                runs.append(
                    OpenRun(
                        id: Int64(runs.count + 1), target: number, lane: random.chance(90) ? .proactive : .reactive,
                        due: Given.at(due), place: place, ring: random.pick([0, 1])))
            }
        }
        return runs.shuffled(using: &random)
    }

    /// Two or more, each with neighbours among the targets, and all open runs of these.
    private static func parts(of state: AssignmentState, _ random: inout Dice) -> [AssignmentState] {
        let rings = state.targets.compactMap { target in
            state.job.rollout.flatMap { rollout in
                rollout.isWatched
                    ? rollout.ring(of: target.flatMap { state.assets[$0] }?.labels ?? [:]) : nil
            }
        }
        let whole = WholeFleet(
            targets: state.targets.count, rings: rings.reduce(into: [:]) { $0[$1, default: 0] += 1 })
        let cuts = Set((0..<3).map { _ in Int64.random(in: 1...40, using: &random) }).sorted() + [.max]
        var from = Int64.min
        return cuts.map { cut in
            defer { from = cut }
            var part = state
            part.whole = whole
            part.targets = state.targets.filter { $0! >= from && $0! < cut }
            part.open = state.open.filter { $0.target! >= from && $0.target! < cut }
            return part
        }
    }
}
