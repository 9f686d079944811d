import Recurrence

extension World {
    /// Puts a run where it stood before this world began.
    ///
    /// - Returns: its number.
    @discardableResult
    public mutating func add(_ open: WorldOpenRun, of assignment: Int) -> Int64 {
        var run = WorldRun(
            assignment: assignment, target: open.target, lane: open.lane, due: open.due, dueBy: open.dueBy,
            place: .held(.planning, lookAt: nil))
        let limits = open.limits ?? limits(of: assignment, open)
        run.limits = limits.map { group(of: $0) }
        run.startedAt = open.startedAt
        run.failures = open.failures
        run.overridesFreeze = open.overridesFreeze
        run.priority = open.priority.map(Int16.init)
        if let ring = open.ring { (run.ring, run.rollout) = (ring, assignments[assignment].rollouts[open.due]) }
        append(run)
        let number = Int64(runs.count)
        assignments[assignment].open.append(number)
        assignments[assignment].noteMade(through: open.due)
        switch open.place {
        case .held(let hold, let lookAt):
            move(number, to: .held(hold, lookAt: lookAt))
            runs[Int(number) - 1].notBefore = open.notBefore
        case .ready(let notBefore, let startBy): move(number, to: .ready(notBefore: notBefore, startBy: startBy))
        case .waiting(let repeatAt):
            move(number, to: .waiting(repeatAt: repeatAt))
            awaitPerson(number)
        case .leased: lease(number, endsAt: max(open.endsAt ?? now, now))
        }
        return number
    }

    /// A schedule that was changed may have moments that were made by the one before: each is made once.
    func isMade(_ due: Instant, of number: Int) -> Bool {
        guard let through = assignments[number].madeThrough, due <= through else { return false }
        return assignments[number].open.contains { run in
            runs[Int(run) - 1].due == due && runs[Int(run) - 1].lane == .proactive
        }
    }

    private mutating func lease(_ number: Int64, endsAt: Instant) {
        let index = Int(number) - 1
        for group in runs[index].limits { groups[group].inUse += 1 }
        let work = Work(lasting: endsAt - now)
        attempts.append(
            WorldAttempt(run: number, number: 1, startedAt: runs[index].startedAt ?? now, ending: work.ending))
        move(number, to: .leased(attempt: Int64(attempts.count)))
        queues[revision(of: runs[index]).queue].going += 1
        expect(Int64(attempts.count), work)
    }

    private func limits(of assignment: Int, _ run: WorldOpenRun) -> [RunLimit] {
        let state = assignments[assignment].state
        let local = state.schedule.zone.local(run.due)
        let scope = state.scope(of: Occurrence(at: run.due, local: local, zone: state.schedule.zone))
        return state.limits(of: run.target, run.lane == .reactive ? nil : scope)
    }
}

extension WorldAssignment {
    mutating func noteMade(through due: Instant) { madeThrough = max(madeThrough ?? due, due) }
}
