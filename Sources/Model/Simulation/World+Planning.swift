import Recurrence

extension World {
    /// So often an assignment may be looked at in one moment: a plan stops at some thousand runs and asks to go on.
    static let mostPlans = 10_000

    /// Has an assignment looked at, now or at a moment to come; an earlier one that it has stays.
    public mutating func wake(_ assignment: Int, at moment: Instant? = nil) {
        guard !assignments[assignment].isRemoved else { return }
        let moment = max(moment ?? now, now)
        if let known = assignments[assignment].wakeAt, known <= moment { return }
        assignments[assignment].wakeAt = moment
        timeline.add(.wake(assignment), at: moment)
    }

    mutating func planWaking() throws {
        // As a scheduler does, which takes them in the order of their numbers: so runs get their numbers in that order.
        // One may have been woken more than once, and is looked at once, before any of them is looked at again.
        let numbers = Set(waking).sorted().filter { number in
            assignments[number].wakeAt.map { $0 <= now } ?? false
        }
        waking.removeAll(keepingCapacity: true)
        // What happens to one because of another that is planned with it is looked at afterwards.
        for number in numbers {
            assignments[number].wakeAt = nil
            assignments[number].isTaken = true
        }
        for number in numbers where !assignments[number].isRemoved { try plan(number) }
    }

    private mutating func plan(_ number: Int) throws {
        try count(number)
        assignments[number].isTaken = false
        assignments[number].awaitsLook = false
        let plan: Plan
        do {
            plan = try state(of: number).plan(now: now)
        } catch {
            events.append(.trouble(assignment: number, "\(error)"))
            return
        }
        for move in plan.moves { put(move.run.id, move.to, notBefore: move.run.notBefore) }
        heed(plan, of: number)
        for occurrence in plan.occurrences { make(occurrence, of: number) }
        assignments[number].state.plannedThrough = plan.plannedThrough
        if let wakeAt = plan.wakeAt { wake(number, at: wakeAt) }
    }

    private mutating func count(_ number: Int) throws {
        let isAgain = assignments[number].plannedAt == now
        assignments[number].plans = isAgain ? assignments[number].plans + 1 : 1
        assignments[number].plannedAt = now
        guard assignments[number].plans < Self.mostPlans else {
            let assignment = assignments[number]
            throw WorldError.restless(job: assignment.job.name, client: assignment.client.name, at: now)
        }
    }

    private mutating func state(of number: Int) -> AssignmentState {
        var open: [OpenRun] = []
        var numbers: [Int64] = []
        for run in assignments[number].open {
            guard let found = runs[Int(run) - 1].open(number: run) else { continue }
            open.append(found)
            numbers.append(run)
        }
        assignments[number].open = numbers
        var state = assignments[number].state
        state.open = open
        complete(&state, of: number)
        return state
    }

    private mutating func make(_ occurrence: PlannedOccurrence, of number: Int) {
        guard !isMade(occurrence.due, of: number) else { return }
        let first = Int64(runs.count) + 1
        events.append(
            .planned(assignment: number, due: occurrence.due, firstRun: first, runs: occurrence.runs.count))
        // Of one over all clients a part without targets is planned too, or the others would wait for it.
        let isPart = assignments[number].job.rollout.map { $0.isWatched && $0.across == .clients } ?? false
        let rollout =
            isPart || occurrence.runs.contains { $0.ring != nil }
            ? rollout(of: number, due: occurrence.due, local: occurrence.local) : nil
        if let rollout { assignments[number].plannedRollouts.insert(rollout) }
        for planned in occurrence.runs {
            if let rollout, let ring = planned.ring { rollouts[rollout].open(ring: ring, due: occurrence.due) }
        }
        for planned in occurrence.runs {
            var run = WorldRun(
                assignment: number, target: planned.target, due: occurrence.due, dueBy: occurrence.dueBy,
                place: .held(.planning, lookAt: nil))
            run.limits = planned.limits.map { group(of: $0) }
            run.ring = planned.ring ?? 0
            run.rollout = planned.ring == nil ? nil : rollout
            add(run, placed: planned.placement)
        }
    }

    private mutating func add(_ run: WorldRun, placed placement: Placement) {
        append(run)
        let number = Int64(runs.count)
        put(number, placement, isNew: true)
        if runs[runs.count - 1].isOpen { assignments[run.assignment].open.append(number) }
    }

    mutating func append(_ run: WorldRun) {
        runs.append(run)
        runs[runs.count - 1].revision = Int32(assignments[run.assignment].revisions.count - 1)
    }

    /// Puts a run where planning wants it.
    private mutating func put(
        _ number: Int64, _ placement: Placement, notBefore: Instant? = nil, isNew: Bool = false
    ) {
        let index = Int(number) - 1
        let run = runs[index]
        events.append(.placed(run: number, from: isNew ? nil : run.place, parked: run.parked, to: placement))
        switch placement {
        case .held(let hold, _, let lookAt):
            move(number, to: .held(hold, lookAt: lookAt))
            runs[index].notBefore = notBefore
        case .ready(let notBefore, let startBy):
            // A reminder that is repeated begins to count its attempts anew.
            if case .waiting = run.place { runs[index].failures = 0 }
            move(number, to: .ready(notBefore: notBefore, startBy: startBy))
        case .waiting:
            move(number, to: .waiting(repeatAt: nil))
            runs[index].startedAt = runs[index].startedAt ?? now
            awaitPerson(number)
        case .done(let state, _): move(number, to: .done(state, at: now))
        }
    }

    /// Gives a run another place. Where it is ready it will start once its time has come.
    mutating func move(_ number: Int64, to place: WorldRun.Place) {
        let index = Int(number) - 1
        if case .ready = runs[index].place, !runs[index].limits.isEmpty {
            // What does not start leaves the room that it was to have.
            if case .leased = place {} else { spare.formUnion(runs[index].limits) }
        }
        runs[index].place = place
        runs[index].parked = nil
        runs[index].notBefore = nil
        runs[index].version &+= 1
        if case .done(let state, _) = place { note(number, state) }
        guard case .ready(let notBefore, let startBy) = place else { return }
        runs[index].startBy = startBy
        timeline.add(.ready(run: number, version: runs[index].version), at: max(notBefore, now))
    }
}
