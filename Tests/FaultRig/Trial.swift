import Glibc
import Recurrence
import Store

/// One fault to one fleet at work: two schedulers, three workers, a desk; judged when all has ended.
public struct Trial: Sendable {
    /// What came of it.
    public struct Result: Sendable {
        public var violations: [Violation]
        /// Whether the fault really happened.
        public var isLanded: Bool
        public var counts: [String: Int]
        public var recovery: Duration?
    }

    public var fault: Fault?
    public var seed: UInt64
    /// What is wrong with the database.
    public var sabotage: Sabotage?
    private var pace: Pace

    public init(_ fault: Fault, seed: UInt64) {
        self.fault = fault
        self.seed = seed
        pace = .whole
    }

    /// A short trial of a database that does not keep what Rota promises.
    public init(_ sabotage: Sabotage, seed: UInt64) {
        self.sabotage = sabotage
        self.seed = seed
        fault = sabotage.fault
        pace = .brief(waitsForWindow: sabotage == .windowForgotten)
    }

    public func run() async throws -> Result {
        try await Stage.with(fault, seed: seed, pace: pace) { stage in
            try await play(stage)
        }
    }

    private func play(_ stage: Stage) async throws -> Result {
        var chance = Chance(seed: seed)
        if let script = sabotage?.before { try await stage.reading.execute(script) }
        let begin = stage.clock.reading(at: WallClock.read())
        let apply = try await stage.command("apply", ["apply", "\(stage.directory)/jobs.yaml"])
        guard apply.ending == .exited(0) else { throw DeadlinePassed("the jobs were not applied: \(apply.lines)") }
        let applied = stage.clock.reading(at: WallClock.read())
        for name in ["scheduler-a", "scheduler-b"] { _ = try await stage.startScheduler(name) }
        for name in ["worker-a", "worker-b", "worker-c"] { _ = try await stage.startWorker(name) }
        let (desk, person) = (Desk(stage: stage), Person(stage: stage))
        return try await withThrowingTaskGroup { group in
            group.addTask { try await desk.work() }
            group.addTask { try await person.work() }
            _ = try await become(within: pace.patience) { try stage.work.entries().contains { $0.verb == "end" } }
            await pause(chance.milliseconds(300...2000))
            for process in stage.services where !process.isRunning {
                throw DeadlinePassed("\(process.name) ended before anything was done to it")
            }
            let strike = try await strike(stage, &chance)
            var evidence = Evidence(
                begin: begin, applied: applied, through: begin, clock: stage.clock,
                lastStart: stage.programme.lastStart, faultOver: strike.over, mustReturn: strike.mustReturn,
                settled: false)
            try await settle(stage, &evidence)
            desk.close()
            person.close()
            try await group.waitForAll()
            try await stop(stage)
            if let script = sabotage?.after { try await stage.reading.execute(script) }
            evidence = try await stage.complete(evidence, desk: desk, person: person)
            return judge(evidence, strike, stage)
        }
    }

    private func strike(_ stage: Stage, _ chance: inout Chance) async throws -> Strike {
        if let sabotage, let script = sabotage.during {
            for _ in 0..<sabotage.times {
                _ = try await stage.busyWorker()
                try await stage.reading.execute(script)
            }
        }
        if sabotage == .standbyBehind { try await stage.leaveStandbyBehind() }
        guard let fault else { return Strike(landed: ["databases broken": 1], over: WallClock.read()) }
        return try await stage.strike(fault, &chance)
    }

    /// Waits until all has been taken up again, the window has closed, and all that was due is done.
    private func settle(_ stage: Stage, _ evidence: inout Evidence) async throws {
        let isTakenUp = try await takenUp(stage, evidence)
        // What nobody does is overdue by then.
        let applied = evidence.applied + .seconds(4)
        let end = pace.waitsForWindow ? max(applied, stage.programme.lastStart + .seconds(2)) : applied
        _ = try await become(within: pace.patience + .seconds(30)) {
            stage.clock.reading(at: WallClock.read()) > end
        }
        let through = stage.clock.reading(at: WallClock.read()) - .seconds(1)
        evidence.through = through
        guard isTakenUp else { return }
        let begin = evidence.begin
        let required = Programme.moments(after: evidence.applied, through: through)
        evidence.settled = try await become(within: pace.patience) {
            let runs = try await stage.reading.runs().filter { $0.due > begin && $0.due <= through }
            let open = runs.contains { !$0.isDone && ![Programme.unserved, Programme.windowed].contains($0.job) }
            return !open
                && Set(runs.map { $0.moment })
                    .isSuperset(of: required)
        }
    }

    /// Whether all has been taken up again. What takes long is looked into while it goes on.
    private func takenUp(_ stage: Stage, _ evidence: Evidence) async throws -> Bool {
        let isSo: () throws -> Bool = {
            var evidence = evidence
            evidence.work = try stage.work.entries()
            return Checker(evidence: evidence).timeToRecover != nil
        }
        let short = min(pace.patience, .seconds(12))
        if try await become(within: short, isSo) { return true }
        guard sabotage == nil else { return false }
        print("\(fault?.rawValue ?? "no fault"): slow to be taken up again, seed \(seed)\n\(stage.report)")
        print(try await stage.reading.activity().joined(separator: "\n"))
        return try await become(within: pace.patience - short, isSo)
    }

    private func stop(_ stage: Stage) async throws {
        for process in stage.services { process.send(SIGTERM) }
        for process in stage.services { _ = try await process.end(within: .seconds(90)) }
    }

    private func judge(_ evidence: Evidence, _ strike: Strike, _ stage: Stage) -> Result {
        let checker = Checker(evidence: evidence)
        let violations = checker.violations()
        if sabotage == nil, !violations.isEmpty { print(stage.report, checker.fates, separator: "\n") }
        let landed = strike.landed.merging(strike.shows(evidence)) { first, _ in first }
        var counts = landed
        counts["runs"] = evidence.runs.count
        counts["attempts"] = evidence.attempts.count
        counts["leases lost"] = evidence.attempts.count { $0.endedAs == "lost" }
        counts["results dropped"] = evidence.refusals
        counts["acknowledged"] = evidence.acknowledged.count + evidence.calls.count { $0.wasAcknowledged }
        counts["runs that waited for room"] = checker.waitedForRoom
        counts["unknown ends decided"] = Set(evidence.decisions.filter(\.mayBeSo).map(\.run)).count
        counts["calls of unknown outcome"] = evidence.calls.count { $0.saidUnknown }
        counts["stale tokens tried"] = evidence.replays
        counts["connections cut"] = stage.ground.proxies.map(\.tally.cut).reduce(0, +)
        return Result(
            violations: violations, isLanded: !landed.isEmpty && landed.values.allSatisfy { $0 > 0 },
            counts: counts, recovery: checker.timeToRecover)
    }
}
