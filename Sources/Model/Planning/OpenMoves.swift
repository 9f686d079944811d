import Recurrence

extension Gates {
    /// The moves of runs whose gates have opened or closed since they were last looked at, by the run's number.
    mutating func openMoves() throws -> [Int64: Move] {
        var moves: [Int64: Move] = [:]
        for var run in state.open {
            run.notBefore = try notBefore(of: run)
            guard let placement = try outcomeWhenDue(of: run) ?? newPlacement(of: run) else { continue }
            moves[run.id] = Move(run: run, to: placement)
        }
        return moves
    }

    /// Until when a run waits to be tried again; nil where that time has come.
    mutating func notBefore(of run: OpenRun) throws -> Instant? {
        guard case .ready(let notBefore, let startBy) = run.place else { return run.notBefore }
        let isPutOff = startBy.map { $0 <= notBefore } ?? false
        let wait = try isPutOff ? endOfOpening(at: notBefore) : notBefore
        return wait > now ? wait : nil
    }

    /// Of a run that is put off until after its last start: the last start of the opening. Its own may have been before that, where
    /// what it requires held no longer.
    private mutating func endOfOpening(at moment: Instant) throws -> Instant {
        guard state.job.whenOffline == .nextWindow, let window = state.window,
            let chance = try chance(Stretch(from: moment, isUnfrozen: false), window), chance.opening.opens <= moment
        else { return moment }
        return chance.startBy
    }

    /// What was made ahead of its time is judged when that comes, as what is made then is: it is missed or skipped, and what is older
    /// on its target gives way.
    private mutating func outcomeWhenDue(of run: OpenRun) throws -> Placement? {
        guard someAreAhead, run.lane == .proactive else { return nil }
        if run.due > now { return try withdrawn(run) }
        let target = open(on: run.target)
        if state.job.givesWay, run.givesWay, let next = target?.nextDue(after: run.due, through: now) {
            return run.outcome(givingWayTo: next)
        }
        guard run.isAhead else { return nil }
        if let late = state.missed(foundAt: now, due: run.due) { return .done(.missed, reason: late) }
        return skipped(behind: target?.going)
            ?? pause(of: run.target, whenDue: run.due).map { .done(.skipped, reason: $0.inWords) }
    }

    /// The new schedule counts from its change on, up to which all is planned, and what nobody has begun by the old one is not done.
    /// Where it is the zone's data that changed, all is planned through the run's moment, and it stays as it was made.
    private mutating func withdrawn(_ run: OpenRun) throws -> Placement? {
        guard run.givesWay, run.due > state.plannedThrough, try !isOfSchedule(run.due) else { return nil }
        return .done(.cancelled, reason: "its schedule was changed before it was due")
    }

    /// What somebody is at, now that the next on its target, which was made ahead and replaces it, is due: a person's part ends
    /// here, a worker has to be told. Nothing is replaced by what comes to nothing itself.
    mutating func endsReplaced(_ moves: inout [Int64: Move]) -> [RunToEnd] {
        guard someAreAhead, state.job.overlap == .replace else { return [] }
        var ends: [RunToEnd] = []
        for run in state.open where run.isGoing && run.lane == .proactive {
            let next = open(on: run.target)?.runs.first { next in
                next.lane == .proactive && next.due > run.due && next.due <= now
                    && !(moves[next.id]?.to.isGivenUp ?? false)
            }
            guard let next else { continue }
            let reason = RunToEnd.reason(replacedBy: next.due)
            if run.place == .leased {
                ends.append(RunToEnd(run: run, reason: reason))
            } else {
                moves[run.id] = Move(run: run, to: .done(.cancelled, reason: reason))
            }
        }
        return ends
    }

    /// Nil where nobody is at work on an earlier one, or where that is no matter.
    func skipped(behind going: OpenRun?) -> Placement? {
        guard state.job.skips, let going else { return nil }
        return .done(.skipped, reason: "run \(going.id) was still \(going.place.state.rawValue) on this target")
    }

    /// Nil where the run stays as it is.
    private mutating func newPlacement(of run: OpenRun) throws -> Placement? {
        switch run.place {
        case .leased:
            return nil
        case .waiting(let repeatAt):
            guard let repeatAt, repeatAt <= now else { return nil }
            return .ready(notBefore: repeatAt, startBy: nil)
        case .ready(let notBefore, let startBy):
            return try newPlacement(ofReady: run, notBefore: notBefore, startBy: startBy)
        case .held(.unknown, _):
            return nil
        case .held(let hold, let lookAt):
            let placement = try placement(of: Passenger(run))
            if case .held(let newHold, _, let newLookAt) = placement, newHold == hold, newLookAt == lookAt {
                return nil
            }
            return placement
        }
    }

    private mutating func newPlacement(
        ofReady run: OpenRun, notBefore: Instant, startBy: Instant?
    ) throws -> Placement? {
        if state.job.whenOffline == .skip, !state.hasWorker, run.lane == .proactive, let startBy, startBy <= now {
            return .done(.skipped, reason: "no worker was there for queue \(state.job.queue) until the last start")
        }
        switch try placement(of: Passenger(run)) {
        case .ready(_, let newStartBy) where newStartBy == startBy:
            return nil
        case .ready(_, let newStartBy):
            // A wait before a further attempt is kept.
            return .ready(notBefore: notBefore, startBy: newStartBy)
        case let placement:
            return placement
        }
    }
}
