import Recurrence

/// The rollout of an occurrence in a world: what has become of its runs, and what was decided about it.
public struct WorldRollout: Sendable {
    /// `job/client/moment`, or `job/*/local time` over all clients.
    public let scope: String
    public internal(set) var tally = RolloutTally()

    mutating func open(ring: Int, due: Instant) {
        tally.firstDue = min(tally.firstDue ?? due, due)
        tally.rings[ring, default: .init()].planned += 1
        tally.rings[ring, default: .init()].open += 1
    }

    mutating func close(ring: Int, _ state: RunState, at now: Instant) {
        tally.rings[ring]?.open -= 1
        tally.rings[ring]?.lastFinished = now
        switch state {
        case .succeeded: tally.rings[ring]?.succeeded += 1
        case .failed: tally.rings[ring]?.failed += 1
        default: break
        }
    }
}

extension World {
    /// The place of the rollout of an assignment's occurrence in the list; it is made where it is new.
    mutating func rollout(of number: Int, due: Instant, local: LocalTime) -> Int {
        let (job, client) = (assignments[number].job.name, assignments[number].client.name)
        let isAcross = assignments[number].job.rollout?.across == .clients
        let scope = isAcross ? "\(job)/*/\(local)" : "\(job)/\(client)/\(due)"
        let place = rolloutNumbers[scope] ?? rollouts.count
        if place == rollouts.count { rollouts.append(WorldRollout(scope: scope)) }
        rolloutNumbers[scope] = place
        assignments[number].rollouts[due] = place
        return place
    }

    /// Of the moments with open runs; what has none any more is forgotten.
    mutating func tallies(of number: Int, _ open: [OpenRun]) -> [Instant: RolloutTally] {
        let dues = Set(open.filter { $0.lane == .proactive }.map(\.due))
        assignments[number].rollouts = assignments[number].rollouts.filter { dues.contains($0.key) }
        var tallies: [Instant: RolloutTally] = [:]
        for (due, place) in assignments[number].rollouts { tallies[due] = tally(place, of: number, due: due) }
        return tallies
    }

    private func tally(_ place: Int, of number: Int, due: Instant) -> RolloutTally {
        var tally = rollouts[place].tally
        if assignments[number].job.rollout?.across == .clients {
            tally.unplanned = unplanned(like: number, place, due: due)
        }
        return tally
    }

    /// Clients whose part in a rollout over all of them is still to be planned.
    private func unplanned(like number: Int, _ place: Int, due: Instant) -> [String] {
        let job = assignments[number].job.name
        return assignments.indices.filter { other in
            guard assignments[other].job.name == job, !assignments[other].isRemoved,
                assignments[other].isTaken || assignments[other].wakeAt.map({ $0 <= now }) ?? false,
                assignments[other].state.plannedThrough < due - .seconds(3600)
            else { return false }
            return !assignments[other].plannedRollouts.contains(place)
        }.map { assignments[$0].client.name }.sorted()
    }

    /// What a plan does beside making and moving runs.
    mutating func heed(_ plan: Plan, of number: Int) {
        for halt in plan.halts {
            guard let place = assignments[number].rollouts[halt.due], rollouts[place].tally.stopped == nil else {
                continue
            }
            rollouts[place].tally.stopped = halt.why
            events.append(.stopped(rollout: place, assignment: number, due: halt.due, why: halt.why))
        }
        for end in plan.ends { askToEnd(end.run.id) }
        if let reason = plan.pause {
            let assignment = assignments[number]
            let pause = WorldPause(
                job: assignment.job.name, client: assignment.client.name,
                pause: Pause(
                    reason: reason, actor: "rota", since: now, until: nil,
                    subject: PauseSubject(job: assignment.job.name, client: assignment.client.name).description))
            // There is none that is active, or it would not be needed.
            pauses.append(pause)
            spreadPauses()
        }
    }

    /// A person lets the stopped rollouts of a job go on in spite of what failed so far.
    ///
    /// - Parameter client: nil is at all clients; one over all of them is meant by each.
    /// - Returns: the places of those that go on.
    @discardableResult
    public mutating func resumeRollouts(job: String, client: String?) -> [Int] {
        let stopped = openRollouts(job, client).filter { _, position in
            if case .stopped = position { true } else { false }
        }
        for place in stopped.keys {
            rollouts[place].tally.stopped = nil
            rollouts[place].tally.forgiven = rollouts[place].tally.failed
            rollouts[place].tally.passed = Set(
                rollouts[place].tally.rings.filter { $0.value.open == 0 && $0.value.succeeded == 0 }.keys)
            wakeAssignments(of: place)
        }
        return stopped.keys.sorted()
    }

    /// A person ends the open rollouts of a job that have begun: what is going goes on, what has not started is cancelled.
    ///
    /// - Parameter client: nil is at all clients; one over all of them is meant by each.
    /// - Returns: the places of those that are ended.
    @discardableResult
    public mutating func abortRollouts(job: String, client: String?, why: String) -> [Int] {
        let open = openRollouts(job, client).filter { place, position in
            rollouts[place].tally.aborted == nil && rollouts[place].tally.hasBegun(position, now: now)
        }.keys.sorted()
        for place in open {
            rollouts[place].tally.aborted = why
            for number in assignments.indices where assignments[number].rollouts.values.contains(place) {
                for run in assignments[number].open where runs[Int(run) - 1].rollout == place { cancelNotStarted(run) }
            }
            wakeAssignments(of: place)
        }
        return open
    }

    /// Nobody gives up here what nobody knows the end of.
    private mutating func cancelNotStarted(_ number: Int64) {
        switch runs[Int(number) - 1].place {
        case .held(.unknown, _), .leased, .waiting, .done: break
        case .held, .ready: move(number, to: .done(.cancelled, at: now))
        }
    }

    /// The rollouts of which something is not over, and how far they have come.
    private func openRollouts(_ job: String, _ client: String?) -> [Int: RolloutPosition] {
        var open: [Int: RolloutPosition] = [:]
        for (number, assignment) in assignments.enumerated() where assignment.job.name == job && !assignment.isRemoved {
            guard let rollout = assignment.job.rollout, rollout.isWatched,
                client == nil || rollout.across == .clients || assignment.client.name == client
            else { continue }
            for (due, place) in assignment.rollouts
            where rollouts[place].tally.rings.values.contains(where: { $0.open > 0 }) {
                open[place] = rollout.position(tally(place, of: number, due: due), now: now)
            }
        }
        return open
    }

    private mutating func wakeAssignments(of place: Int) {
        for number in assignments.indices where assignments[number].rollouts.values.contains(place) { wake(number) }
    }
}
