import Recurrence

@testable import Model

extension Drill {
    mutating func perform(_ act: Act) throws {
        switch act {
        case .killSchedulers(let lasting):
            guard world.isPlanning else { return }
            world.isPlanning = false
            deadSince = world.now
            ledger.rare.saw(.schedulerDied)
            plan(world.now + lasting, .reviveSchedulers)
        case .reviveSchedulers:
            world.isPlanning = true
            deadSince = nil
        case .stopWorkers(let lasting):
            world.isWorking = false
            ledger.rare.saw(.workersStopped)
            plan(world.now + lasting, .startWorkers)
        case .startWorkers: world.isWorking = true
        case .slots:
            for queue in ["q1", "q2"] { world.setSlots(dice.number(1...4), of: queue) }
        case .pause(let lasting): pause(lasting)
        case .resume(let job, let client): world.resume(job: job, client: client)
        case .cancel: cancel()
        case .edit: try edit()
        case .decide(let rollout, let aborts): decide(rollout, aborts)
        case .settleUnknown: settleUnknown()
        }
    }

    private mutating func pause(_ lasting: Duration?) {
        let job = dice.chance(60) ? dice.pick(world.assignments).job.name : nil
        let client = job == nil || dice.chance(40) ? dice.pick(world.assignments).client.name : nil
        world.add(
            WorldPause(
                job: job, client: client,
                pause: Pause(
                    reason: "drill", actor: "ann", since: world.now, until: lasting.map { world.now + $0 })))
        if lasting == nil { plan(world.now + .seconds(dice.number(3600...900_000)), .resume(job: job, client: client)) }
    }

    private mutating func cancel() {
        let open = world.runs.indices.suffix(200).filter { world.runs[$0].isOpen }
        guard !open.isEmpty else { return }
        ledger.rare.saw(.cancelled)
        world.cancel(run: Int64(dice.pick(open)) + 1)
    }

    private mutating func edit() throws {
        let before = estate.catalogue
        estate.edit(&dice)
        if estate.catalogue.assets.count < before.assets.count { ledger.rare.saw(.assetGone) }
        let old = schedules
        try world.apply(estate.catalogue, before: before, numbers: estate.numbers)
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

    private mutating func decide(_ rollout: Int, _ aborts: Bool) {
        guard world.rollouts[rollout].tally.stopped != nil else { return }
        ledger.rare.saw(aborts ? .rolloutAborted : .rolloutResumed)
        let tally = world.rollouts[rollout].tally
        ledger.passed[rollout, default: []].formUnion(
            tally.rings.filter { $0.value.open == 0 && $0.value.succeeded == 0 }.keys)
        world.decide(rollout: rollout, aborting: aborts ? "enough" : nil)
    }

    /// A person gives up what nobody knows the end of.
    private mutating func settleUnknown() {
        for (index, run) in world.runs.enumerated() {
            if case .held(.unknown, _) = run.place { world.cancel(run: Int64(index) + 1) }
        }
    }

    /// Assignments that are new count from their making.
    mutating func noteSchedules(from moment: Instant) {
        for (number, assignment) in world.assignments.enumerated()
        where schedules[number] == nil && !assignment.isRemoved {
            schedules[number] = (assignment.state.schedule, moment)
        }
    }

    /// What should have been planned of a schedule that has counted up to a moment, that moment left out.
    mutating func expectDues(of number: Int, until end: Instant) {
        guard let (schedule, from) = schedules[number] else { return }
        let isAcross = world.assignments[number].job.rollout?.across == .clients
        // A rollout over all clients is made as much ahead as clocks are apart.
        let end = isAcross ? end + .seconds(27 * 3600) : end
        ledger.expected[number, default: []] += schedule.occurrences(after: from).prefix { $0.at < end }.map(\.at)
        schedules[number] = nil
    }
}
