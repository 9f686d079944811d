import Recurrence

@testable import Model

extension Drill {
    mutating func perform(_ act: Act) throws {
        switch act {
        case .killSchedulers(let lasting):
            guard world.isPlanning else { return }
            try enact(.killSchedulers)
            deadSince = world.now
            ledger.rare.saw(.schedulerDied)
            plan(world.now + lasting, .reviveSchedulers)
        case .reviveSchedulers:
            try enact(.reviveSchedulers)
            deadSince = nil
        case .stopWorkers(let lasting):
            try enact(.stopWorkers)
            ledger.rare.saw(.workersStopped)
            plan(world.now + lasting, .startWorkers)
        case .startWorkers: try enact(.startWorkers)
        case .endWorkers(let lasting):
            let queue = dice.pick(["q1", "q2"])
            try enact(.endWorkers(of: queue))
            plan(world.now + lasting, .returnWorkers(of: queue))
        case .returnWorkers(let queue): try enact(.returnWorkers(of: queue))
        case .slots: try enact(.slots(["q1": dice.number(1...4) * size.times, "q2": dice.number(1...4) * size.times]))
        case .pause(let lasting): try pause(lasting)
        case .resume(let subject): try enact(.resume(subject))
        case .cancel: try cancel()
        case .edit: try edit()
        case .decide(let rollout, let aborts): try decide(rollout, aborts)
        case .settleUnknown: try settleUnknown()
        case .look: try enact(.look)
        case .calm: try calm()
        }
    }

    /// Everybody is there, nothing is paused, and everything succeeds: then all that is due is done.
    private mutating func calm() throws {
        agenda.keep { if case .look = $0 { true } else { false } }
        try enact(.reviveSchedulers)
        try enact(.startWorkers)
        for queue in ["q1", "q2"] { try enact(.returnWorkers(of: queue)) }
        deadSince = nil
        try enact(.slots(["q1": nil, "q2": nil]))
        for pause in world.pauses where pause.pause.isActive(at: world.now) { try enact(.resume(subject(of: pause))) }
        try enact(.labour(RandomLabour(seed: seed, guarded: labour.guarded, isCalm: true)))
        for day in 0..<Self.calmDays { plan(storm + .seconds(86_400 * day), .settleUnknown) }
        for (place, rollout) in world.rollouts.enumerated() where rollout.tally.stopped != nil {
            try decide(place, false)
        }
    }

    private mutating func pause(_ lasting: Duration?) throws {
        let subject = subject()
        try enact(.pause(subject, until: lasting.map { world.now + $0 }))
        if lasting == nil { plan(world.now + .seconds(dice.number(3600...900_000)), .resume(subject)) }
    }

    private mutating func subject() -> PauseSubject {
        switch dice.number(0...9) {
        case 0, 1: return PauseSubject(asset: dice.pick(estate.catalogue.assets.keys.sorted()))
        case 2, 3:
            let labels = [("pair", "p1"), ("pair", "p2"), ("ring", "pilot")]
            let (key, value) = dice.pick(labels)
            return PauseSubject(label: PauseSubject.Label(key: key, value: value))
        default:
            let job = dice.chance(60) ? dice.pick(world.assignments).job.name : nil
            let client = job == nil || dice.chance(40) ? dice.pick(world.assignments).client.name : nil
            return PauseSubject(job: job, client: client)
        }
    }

    private func subject(of pause: WorldPause) -> PauseSubject {
        switch pause.pause.cover {
        case .all: PauseSubject(job: pause.job, client: pause.client)
        case .asset(let number): PauseSubject(asset: "a\(number)")
        case .label(let key, let value): PauseSubject(label: PauseSubject.Label(key: key, value: value))
        }
    }

    private mutating func cancel() throws {
        let open = world.runs.indices.suffix(200).filter { world.runs[$0].isOpen }
        guard !open.isEmpty else { return }
        ledger.rare.saw(.cancelled)
        try enact(.cancel(key(world.runs[dice.pick(open)])))
    }

    private mutating func edit() throws {
        let before = estate.catalogue
        estate.edit(&dice)
        if estate.catalogue.assets.count < before.assets.count { ledger.rare.saw(.assetGone) }
        if estate.catalogue.windows != before.windows { ledger.rare.saw(.windowEdited) }
        if estate.catalogue.clients != before.clients { ledger.rare.saw(.limitEdited) }
        let old = schedules
        try enact(.apply(estate.catalogue))
        for (number, one) in old {
            let assignment = world.assignments[number]
            let basis = ScheduleBasis(
                before.jobs[assignment.job.name]?.schedule ?? assignment.job.schedule, for: assignment.client,
                calendars: [:])
            let isSame =
                !assignment.isRemoved
                && basis == ScheduleBasis(assignment.job.schedule, for: assignment.client, calendars: [:])
            guard !isSame else { continue }
            ledger.rare.saw(.rescheduled)
            expectDues(of: number, until: deadSince ?? world.now)
            schedules[number] = assignment.isRemoved ? nil : (assignment.state.schedule, world.now)
            _ = one
        }
        noteSchedules(from: world.now)
    }

    private mutating func decide(_ rollout: Int, _ aborts: Bool) throws {
        let parts = world.rollouts[rollout].scope.split(separator: "/", maxSplits: 2).map(String.init)
        let client = parts[1] == "*" ? nil : parts[1]
        try enact(
            aborts ? .abortRollouts(job: parts[0], client: client) : .resumeRollouts(job: parts[0], client: client))
    }

    /// A person gives up what nobody knows the end of.
    private mutating func settleUnknown() throws {
        for number in open {
            let run = world.runs[Int(number) - 1]
            if case .held(.unknown, _) = run.place { try enact(.cancel(key(run))) }
        }
    }

    /// Assignments that are new count from their making.
    mutating func noteSchedules(from moment: Instant) {
        for (number, assignment) in world.assignments.enumerated() {
            places[RunKey.Assignment(job: assignment.job.name, client: assignment.client.name)] = number
            guard schedules[number] == nil, !assignment.isRemoved else { continue }
            schedules[number] = (assignment.state.schedule, moment)
        }
    }

    /// What should have been planned of a schedule that has counted up to a moment, that moment left out.
    mutating func expectDues(of number: Int, until end: Instant) {
        guard let (schedule, from) = schedules[number] else { return }
        // A rollout over all clients is made as much ahead as clocks are apart.
        let job = world.assignments[number].job
        let lead = job.lead?.elapsed ?? .zero
        let end = end + (job.rollout?.across == .clients ? max(lead, Job.leadAcross) : lead)
        ledger.expected[number, default: []] += schedule.occurrences(after: from).prefix { $0.at < end }.map(\.at)
        schedules[number] = nil
    }
}
