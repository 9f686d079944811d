import Model
import Recurrence
import Testing

/// What `plan` makes of rings, requirements, overlap and the like: given, when, then.
@Suite struct FleetPlanTests {
    static let daily = ScheduleRule(cron: "0 9 * * *")
    static let nine = Given.at("09:00")

    private static func assets(_ rings: [Int64: String]) -> [Int64: Asset] {
        rings.reduce(into: [:]) { assets, one in
            assets[one.key] = Asset(
                name: "srv-\(one.key)", client: "acme", kind: "server", labels: ["ring": one.value])
        }
    }

    /// Planned through 08:30, three assets, of which the first is the canary.
    private static func state(
        open: [OpenRun] = [], _ change: (inout Job) -> Void = { _ in }
    ) throws -> AssignmentState {
        var job = Given.job(daily)
        change(&job)
        var state = try Given.state(job, targets: [1, 2, 3], open: open)
        state.client = Client(name: "acme", timezone: "UTC")
        state.assets = assets([1: "canary", 2: "early", 3: "late"])
        return state
    }

    private static func rings(_ job: inout Job) {
        job.rollout = Rollout(rings: [.init(match: ["ring": "canary"], soak: Span("1h")!), .init(match: [:])])
    }

    private func hold(_ placement: Placement?) -> Hold? {
        if case .held(let hold, _, _)? = placement { hold } else { nil }
    }

    @Test func `the first ring is ready, and the others are held and say for whom they wait`() throws {
        let runs = try Self.state(Self.rings).plan(now: Self.nine).occurrences[0].runs
        #expect(runs.map(\.ring) == [0, 1, 1])
        #expect(runs[0].placement == .ready(notBefore: Self.nine, startBy: nil))
        #expect(
            runs[1].placement
                == .held(.ring, why: "ring 2 (all others) waits for ring 1 (ring=canary)", lookAt: nil))
    }

    @Test func `where the first ring matches nobody the next goes at once`() throws {
        var state = try Self.state(Self.rings)
        state.assets = Self.assets([1: "late", 2: "early", 3: "late"])
        let runs = try state.plan(now: Self.nine).occurrences[0].runs
        #expect(runs.allSatisfy { $0.placement == .ready(notBefore: Self.nine, startBy: nil) })
    }

    @Test func `a ring that soaks is looked at when the soak has passed, and then goes`() throws {
        let held = [2, 3].map { Given.run($0, target: $0, due: "09:00", .held(.ring, lookAt: nil)).inRing(1) }
        var state = try Self.state(open: held, Self.rings)
        state.plannedThrough = Self.nine
        state.rollouts[Self.nine] = RolloutTally(rings: [
            0: .init(planned: 1, succeeded: 1, lastFinished: Given.at("09:10")), 1: .init(planned: 2, open: 2),
        ])
        let soaking = try state.plan(now: Given.at("09:11"))
        #expect(soaking.wakeAt == Given.at("10:10"))
        let after = try state.plan(now: Given.at("10:10"))
        #expect(
            after.moves.map(\.to) == [
                .ready(notBefore: Self.nine, startBy: nil), .ready(notBefore: Self.nine, startBy: nil),
            ])
    }

    @Test func `too many failures hold what has not started for a person, and say so once`() throws {
        let open = [
            Given.run(2, target: 2, due: "09:00", .ready(notBefore: Self.nine, startBy: nil)),
            Given.run(3, target: 3, due: "09:00", .leased),
        ]
        var state = try Self.state(open: open) { $0.rollout = Rollout(stopAfter: .number(0)) }
        state.plannedThrough = Self.nine
        state.rollouts[Self.nine] = RolloutTally(rings: [0: .init(planned: 3, open: 2, failed: 1)])
        let plan = try state.plan(now: Given.at("09:05"))
        let why = "1 of 3 runs failed; stopAfter is 0"
        #expect(plan.halts == [RolloutHalt(due: Self.nine, why: why)])
        #expect(plan.moves.map(\.run.id) == [2], "what is going goes on")
        #expect(plan.moves.map(\.to) == [.held(.approval, why: "its rollout is stopped: \(why)", lookAt: nil)])
        state.rollouts[Self.nine]?.stopped = why
        #expect(try state.plan(now: Given.at("09:06")).halts == [])
    }

    @Test func `what is left of an aborted rollout is cancelled`() throws {
        let open = [Given.run(2, target: 2, due: "09:00", .held(.ring, lookAt: nil)).inRing(1)]
        var state = try Self.state(open: open, Self.rings)
        state.plannedThrough = Self.nine
        state.rollouts[Self.nine] = RolloutTally(rings: [1: .init(planned: 1, open: 1)], aborted: "by ann")
        #expect(try state.plan(now: Given.at("09:05")).moves.map(\.to) == [.done(.cancelled, reason: "by ann")])
    }

    // Requirements.

    private static func needsBackup(_ job: inout Job) {
        job.requires = [.succeeded(job: "backup", within: Span("24h")!)]
    }

    @Test func `without the success that it requires a run is held, and says what is missing`() throws {
        var state = try Self.state(Self.needsBackup)
        state.facts.successes["backup"] = [2: Given.at("2026-03-08T03:00"), 3: Given.at("03:00")]
        let runs = try state.plan(now: Self.nine).occurrences[0].runs
        #expect(
            runs[0].placement
                == .held(
                    .requires, why: "backup has never succeeded here; it must have in the last 1d", lookAt: nil)
                || hold(runs[0].placement) == .requires)
        #expect(hold(runs[1].placement) == .requires)
        #expect(runs[2].placement == .ready(notBefore: Self.nine, startBy: Given.at("2026-03-11T03:00")))
    }

    @Test func `a success on the client as a whole counts for each of its assets`() throws {
        var state = try Self.state(Self.needsBackup)
        state.facts.successes["backup"] = [nil: Given.at("03:00")]
        let runs = try state.plan(now: Self.nine).occurrences[0].runs
        #expect(runs.allSatisfy { hold($0.placement) == nil })
    }

    @Test func `what was ready and not taken until the success was too old goes back`() throws {
        let ready = Given.run(
            1, target: 1, due: "09:00", .ready(notBefore: Self.nine, startBy: Given.at("10:00")))
        var state = try Self.state(open: [ready], Self.needsBackup)
        state.plannedThrough = Self.nine
        state.facts.successes["backup"] = [1: Given.at("2026-03-09T10:00")]
        let plan = try state.plan(now: Given.at("10:00"))
        #expect(hold(plan.moves.first?.to) == .requires)
    }

    @Test func `an open finding as bad as that holds a run, until it is mended`() throws {
        var state = try Self.state { $0.requires = [.noFinding(.warning)] }
        func found(_ severity: Finding.Severity) -> RequirementFacts.OpenFinding {
            .init(job: "disk", severity: severity, text: "sda is failing", since: Given.at("01:00"))
        }
        state.facts.findings = [1: found(.critical), 2: found(.info)]
        let plan = try state.plan(now: Self.nine)
        let runs = plan.occurrences[0].runs
        let why = "disk has found something critical since 2026-03-10T01:00:00Z: sda is failing"
        #expect(runs[0].placement == .held(.requires, why: why, lookAt: nil))
        #expect(hold(runs[1].placement) == nil)
    }

    // Overlap.

    @Test func `queue: a run waits until the one before it on its target is over, and then goes`() throws {
        let going = Given.run(7, target: 1, due: "08:00", .leased)
        let state = try Self.state(open: [going]) { $0.overlap = .queue }
        let runs = try state.plan(now: Self.nine).occurrences[0].runs
        #expect(hold(runs[0].placement) == .overlap)
        #expect(hold(runs[1].placement) == nil)
        let waiting = Given.run(8, target: 1, due: "09:00", .held(.overlap, lookAt: nil))
        var after = try Self.state(open: [waiting]) { $0.overlap = .queue }
        after.plannedThrough = Self.nine
        #expect(
            try after.plan(now: Given.at("09:20")).moves.map(\.to) == [.ready(notBefore: Self.nine, startBy: nil)])
    }

    @Test func `queue: what was not started does not give way`() throws {
        let ready = Given.run(7, target: 1, due: "08:00", .ready(notBefore: Given.at("08:00"), startBy: nil))
        let plan = try Self.state(open: [ready]) { $0.overlap = .queue }.plan(now: Self.nine)
        #expect(plan.moves.isEmpty)
        #expect(hold(plan.occurrences[0].runs[0].placement) == .overlap)
    }

    @Test func `allow: both go`() throws {
        let going = Given.run(7, target: 1, due: "08:00", .leased)
        let plan = try Self.state(open: [going]) { $0.overlap = .allow }.plan(now: Self.nine)
        #expect(plan.occurrences[0].runs[0].placement == .ready(notBefore: Self.nine, startBy: nil))
        #expect(plan.moves.isEmpty && plan.ends.isEmpty)
    }

    @Test func `replace: what is going is ended, and the new one goes when it is over`() throws {
        let going = Given.run(7, target: 1, due: "08:00", .leased)
        let task = Given.run(8, target: 2, due: "08:00", .waiting(repeatAt: nil))
        let plan = try Self.state(open: [going, task]) { $0.overlap = .replace }.plan(now: Self.nine)
        #expect(plan.ends.map(\.run.id) == [7])
        #expect(plan.moves.map(\.run.id) == [8] && plan.moves[0].to.isDone(.cancelled))
        #expect(plan.occurrences[0].runs.map { hold($0.placement) } == [.overlap, .overlap, nil])
    }

    @Test func `replace: what was made ahead replaces the one before it when it is due, started or not`() throws {
        let made = Given.run(9, target: 1, due: "09:00", .held(.due, lookAt: Self.nine))
        let other = Given.run(10, target: 2, due: "09:00", .held(.due, lookAt: Self.nine))
        let going = Given.run(7, target: 1, due: "08:00", .leased)
        let ready = Given.run(8, target: 2, due: "08:00", .ready(notBefore: Given.at("08:00"), startBy: nil))
        var state = try Self.state(open: [going, ready, made, other]) { job in
            job.overlap = .replace
            job.lead = Span("2h")!
        }
        state.plannedThrough = Self.nine
        #expect(try state.plan(now: Given.at("08:59")).ends.isEmpty)
        let plan = try state.plan(now: Self.nine)
        #expect(plan.ends.map(\.run.id) == [7])
        #expect(plan.moves.first { $0.run.id == 8 }?.to.isDone(.missed) == true)
        #expect(hold(plan.moves.first { $0.run.id == 9 }?.to) == .overlap)
        #expect(plan.moves.first { $0.run.id == 10 }?.to == .ready(notBefore: Self.nine, startBy: nil))
    }

    // Catching up.

    @Test func `all: each that passed is run, one after the other`() throws {
        var state = try Self.state { job in
            job.schedule = ScheduleRule(cron: "0 * * * *")
            job.catchUp = .all
        }
        state.targets = [1]
        let plan = try state.plan(now: Given.at("11:15"))
        #expect(plan.occurrences.map(\.due) == [Self.nine, Given.at("10:00"), Given.at("11:00")])
        #expect(plan.occurrences.map { $0.runs[0].placement.isDone(.missed) } == [false, false, false])
    }

    @Test func `all: but the last hundred at most`() throws {
        var state = try Self.state { job in
            job.schedule = ScheduleRule(cron: "* * * * *")
            job.catchUp = .all
        }
        state.targets = [1]
        let plan = try state.plan(now: Given.at("11:00"))
        let missed = plan.occurrences.filter { $0.runs[0].placement.isDone(.missed) }
        #expect(plan.occurrences.count == 150 && missed.count == 50)
        #expect(missed.last!.due < plan.occurrences[50].due)
    }

    @Test func `none: nothing that passed is run, and what is due now is`() throws {
        var state = try Self.state { job in
            job.schedule = ScheduleRule(cron: "0 * * * *")
            job.catchUp = .none
        }
        state.targets = [1]
        let late = try state.plan(now: Given.at("11:15"))
        #expect(late.occurrences.allSatisfy { $0.runs[0].placement.isDone(.missed) })
        let prompt = try state.plan(now: Given.at("11:00:40"))
        #expect(prompt.occurrences.map { $0.runs[0].placement.isDone(.missed) } == [true, true, false])
    }

    // Spread.

    @Test func `spread: each target starts some time after it is due, the same each time and within the span`() throws {
        let state = try Self.state { $0.schedule.spread = Span("2h")! }
        let runs = try state.plan(now: Self.nine).occurrences[0].runs
        let starts = runs.compactMap { run -> Instant? in
            if case .ready(let notBefore, _) = run.placement { notBefore } else { nil }
        }
        let shifts = [1, 2, 3].map { Span("2h")!.shift(of: "job", target: "srv-\($0)") }
        #expect(starts == shifts.map { Self.nine + $0 })
        #expect(Set(starts).count == 3 && starts.allSatisfy { $0 >= Self.nine && $0 < Given.at("11:00") })
    }

    // Pauses.

    @Test func `a pause of an asset or of a label holds only what it covers`() throws {
        var state = try Self.state()
        let since = Given.at("08:00")
        state.pauses = [
            Pause(reason: "repair", actor: "ana", since: since, until: nil, cover: .asset(2), subject: "asset/srv-2"),
            Pause(
                reason: "audit", actor: "bob", since: since, until: nil, cover: .label(key: "ring", value: "late"),
                subject: "label/ring=late"),
        ]
        let placements = try state.plan(now: Self.nine).occurrences[0].runs.map(\.placement)
        #expect(
            placements == [
                .ready(notBefore: Self.nine, startBy: nil),
                .done(.skipped, reason: "asset/srv-2 paused by ana: repair"),
                .done(.skipped, reason: "label/ring=late paused by bob: audit"),
            ])
    }

    @Test func `a run that failed for good pauses its job where that is asked for, once`() throws {
        var state = try Self.state { $0.pauseOnFailure = true }
        state.failure = FailedRun(id: 7, reason: "exit code 1")
        #expect(try state.plan(now: Given.at("08:45")).pause == "run 7 failed: exit code 1")
        state.pauses = [Pause(reason: "run 7 failed", actor: "rota", since: Given.at("08:45"), until: nil)]
        #expect(try state.plan(now: Given.at("08:46")).pause == nil)
    }

    // Windows.

    @Test func `a window that stops what still runs ends it when it closes, and is looked at then`() throws {
        let going = Given.run(7, target: 1, due: "2026-03-09T09:00", .leased)
        let asked = Given.run(8, target: 2, due: "2026-03-09T09:00", .leased, lane: .reactive)
        var state = try Self.state(open: [going, asked]) { $0.window = "nightly" }
        state.window = try Given.nightly()
        state.windowStops = true
        #expect(try state.plan(now: Given.at("01:00")).wakeAt == Given.at("02:00"))
        state.plannedThrough = Given.at("01:30")
        #expect(try state.plan(now: Given.at("01:59")).ends == [])
        #expect(try state.plan(now: Given.at("02:00")).ends.map(\.run.id) == [7])
    }

    @Test func `a freeze does not hold what a person wants in spite of it, and the window still does`() throws {
        var freeze = ClosedDays()
        try freeze.addFreeze(from: CivilDate("2026-03-09")!, through: CivilDate("2026-03-11")!, reason: "Change freeze")
        func window(_ except: [ClosedDays]) throws -> Window {
            try .opening(
                .cron(CronExpression("0 8 * * *"), zone: .utc), duration: Given.span("4h"), cutoff: Span(),
                except: except)
        }
        let wanted = OpenRun(
            id: 7, target: 1, lane: .reactive, due: Given.at("08:40"), place: .held(.planning, lookAt: nil),
            overridesFreeze: true)
        var state = try Self.state(open: [wanted]) { $0.window = "mornings" }
        state.window = try window([freeze])
        state.unfrozenWindow = try window([])
        let early = try state.plan(now: Given.at("08:45"))
        #expect(early.moves.map(\.to) == [.ready(notBefore: Given.at("08:40"), startBy: Given.at("11:50"))])
        let late = try state.plan(now: Given.at("12:30"))
        #expect(hold(late.moves.first { $0.run.id == 7 }?.to) == .window)
    }

    // Offline.

    @Test func `skip: what no worker was there for until the last start is skipped`() throws {
        let ready = Given.run(7, due: "09:00", .ready(notBefore: Self.nine, startBy: Given.at("2026-03-11T01:30")))
        var state = try Self.state(open: [ready]) { job in
            job.window = "nightly"
            job.whenOffline = .skip
        }
        state.window = try Given.nightly()
        state.plannedThrough = Self.nine
        state.hasWorker = false
        let plan = try state.plan(now: Given.at("2026-03-11T01:30"))
        #expect(plan.moves.first { $0.run.id == 7 }?.to.isDone(.skipped) == true)
        state.hasWorker = true
        #expect(try hold(state.plan(now: Given.at("2026-03-11T01:30")).moves.first?.to) == .window)
    }
}

extension OpenRun {
    func inRing(_ ring: Int) -> OpenRun {
        var run = self
        run.ring = ring
        return run
    }
}
