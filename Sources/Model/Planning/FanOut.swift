import Recurrence

/// Makes the runs of one occurrence, and says what becomes of those before them.
struct FanOut {
    let arrival: Arrivals.One
    /// Older runs that nobody is at and that give way.
    private(set) var superseded: [Move] = []
    /// Older runs that somebody is at and that are to be ended.
    private(set) var replaced: [RunToEnd] = []

    private var due: Instant { arrival.occurrence.at }

    init(_ arrival: Arrivals.One) { self.arrival = arrival }

    mutating func occurrence(_ gates: inout Gates) throws -> PlannedOccurrence {
        let state = gates.state
        let rings = rings(state)
        if arrival.missed == nil { gates.learn(tally(rings, state), due: due) }
        let scope = state.scope(of: arrival.occurrence)
        var runs: [PlannedRun] = []
        runs.reserveCapacity(state.targets.count)
        for (place, target) in state.targets.enumerated() {
            let older = gates.open(on: target)
            let placement = try placement(on: target, ring: rings?[place], older, &gates)
            if !placement.isDone { gates.learn(madeOn: target, due: due) }
            runs.append(
                PlannedRun(
                    target: target, placement: placement, limits: state.limits(of: target, scope),
                    ring: rings?[place]))
            if due <= gates.now { giveWay(older?.runs ?? [], state.job, to: placement) }
        }
        let dueBy = try state.within(of: due).map { due + $0 }
        return PlannedOccurrence(
            due: due, local: arrival.occurrence.local, zone: arrival.occurrence.zone.name, dueBy: dueBy, runs: runs)
    }

    private mutating func placement(
        on target: Int64?, ring: Int?, _ older: OpenTarget?, _ gates: inout Gates
    ) throws -> Placement {
        if let missed = arrival.missed { return .done(.missed, reason: missed) }
        // What is made ahead of its time is asked when that has come.
        if due <= gates.now {
            if let skipped = gates.skipped(behind: older?.going) { return skipped }
            if let pause = gates.pause(of: target, whenDue: due) { return .done(.skipped, reason: pause.inWords) }
        }
        return try gates.placement(of: Passenger(target: target, lane: .proactive, due: due, ring: ring))
    }

    /// What waits for its turn does not give way; nor does anything where all may go at once.
    private mutating func giveWay(_ older: [OpenRun], _ job: Job, to placement: Placement) {
        guard job.givesWay else { return }
        for run in older where run.due < due {
            if run.givesWay {
                superseded.append(Move(run: run, to: run.outcome(givingWayTo: due)))
            } else if job.overlap == .replace, run.isGoing, run.lane == .proactive, !placement.isGivenUp {
                replace(run)
            }
        }
    }

    /// A person's task ends here; a worker has to be told.
    private mutating func replace(_ run: OpenRun) {
        let reason = RunToEnd.reason(replacedBy: due)
        if run.place == .leased {
            replaced.append(RunToEnd(run: run, reason: reason))
        } else {
            superseded.append(Move(run: run, to: .done(.cancelled, reason: reason)))
        }
    }

    /// The ring of each target; nil where no rollout is watched.
    private func rings(_ state: AssignmentState) -> [Int]? {
        guard let rollout = state.job.rollout, rollout.isWatched, let client = state.client else { return nil }
        return state.targets.map { target in
            rollout.ring(of: RunSubject(client: client, asset: target.flatMap { state.assets[$0] }).labels)
        }
    }

    /// Of an occurrence of which nothing is done yet.
    private func tally(_ rings: [Int]?, _ state: AssignmentState) -> RolloutTally {
        var tally = RolloutTally()
        let sizes = state.whole?.rings ?? (rings ?? []).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        tally.rings = sizes.mapValues { RolloutTally.Ring(planned: $0, open: $0) }
        // What the others have planned is looked at next time.
        if state.job.rollout?.across == .clients { tally.unplanned = ["each client's part"] }
        return tally
    }
}

extension AssignmentState {
    /// The group of runs that an occurrence's `atOnce` counts.
    func scope(of occurrence: Occurrence) -> OccurrenceScope? {
        guard let client else { return nil }
        if job.rollout?.across == .clients {
            return OccurrenceScope(
                name: "\(job.name)/*/\(occurrence.local)", runs: targetsOfAllClients ?? targetCount)
        }
        return OccurrenceScope(name: "\(job.name)/\(client.name)/\(occurrence.at)", runs: targetCount)
    }

    func limits(of target: Int64?, _ scope: OccurrenceScope?) -> [RunLimit] {
        guard let client else { return [] }
        return job.limits(
            of: RunSubject(client: client, asset: target.flatMap { assets[$0] }), occurrence: scope)
    }
}
