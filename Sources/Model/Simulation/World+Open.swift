import Recurrence

extension World {
    /// A run that was made before this world began.
    ///
    /// - Parameters:
    ///   - place: where it stands; one that is leased goes on until `endsAt`, at once where that has passed.
    ///   - startedAt: when its attempt began, or a person had it.
    public mutating func add(
        openRun place: OpenRun.Place, of assignment: Int, target: Int64?, lane: Lane = .proactive, due: Instant,
        dueBy: Instant?, ring: Int? = nil, startedAt: Instant? = nil, endsAt: Instant? = nil
    ) {
        var run = WorldRun(
            assignment: assignment, target: target, lane: lane, due: due, dueBy: dueBy,
            place: .held(.planning, lookAt: nil))
        run.limits = limits(of: assignment, target: target, lane: lane, due: due).map { group(of: $0) }
        run.startedAt = startedAt
        if let ring {
            let place = rollout(of: assignment, due: due, local: assignments[assignment].state.schedule.zone.local(due))
            assignments[assignment].plannedRollouts.insert(place)
            rollouts[place].open(ring: ring)
            (run.ring, run.rollout) = (ring, place)
        }
        runs.append(run)
        let number = Int64(runs.count)
        assignments[assignment].open.append(number)
        switch place {
        case .held(let hold, let lookAt): move(number, to: .held(hold, lookAt: lookAt))
        case .ready(let notBefore, let startBy): move(number, to: .ready(notBefore: notBefore, startBy: startBy))
        case .waiting(let repeatAt):
            move(number, to: .waiting(repeatAt: repeatAt))
            awaitPerson(number)
        case .leased: lease(number, endsAt: max(endsAt ?? now, now))
        }
    }

    private mutating func lease(_ number: Int64, endsAt: Instant) {
        let index = Int(number) - 1
        for group in runs[index].limits { groups[group].inUse += 1 }
        let work = Work(lasting: endsAt - now)
        attempts.append(
            WorldAttempt(run: number, number: 1, startedAt: runs[index].startedAt ?? now, ending: work.ending))
        move(number, to: .leased(attempt: Int64(attempts.count)))
        queues[assignments[runs[index].assignment].queue].going += 1
        expect(Int64(attempts.count), work)
    }

    private func limits(of assignment: Int, target: Int64?, lane: Lane, due: Instant) -> [RunLimit] {
        let state = assignments[assignment].state
        let local = state.schedule.zone.local(due)
        let scope = state.scope(of: Occurrence(at: due, local: local, zone: state.schedule.zone))
        return state.limits(of: target, lane == .reactive ? nil : scope)
    }

    /// When a job for a client last succeeded on a target, before this world began.
    public mutating func succeeded(_ assignment: Int, on target: Int64?, at moment: Instant) {
        assignments[assignment].successes[target] = moment
    }
}
