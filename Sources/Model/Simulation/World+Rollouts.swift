import Recurrence

/// The rollout of an occurrence in a world: what has become of its runs, and what was decided about it.
public struct WorldRollout: Sendable {
    /// `job/client/moment`, or `job/*/local time` over all clients.
    public let scope: String
    public internal(set) var tally = RolloutTally()

    mutating func open(ring: Int) {
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
        let isAcross = assignments[number].job.rollout?.across == .clients
        var tallies: [Instant: RolloutTally] = [:]
        for (due, place) in assignments[number].rollouts {
            tallies[due] = rollouts[place].tally
            if isAcross { tallies[due]?.unplanned = unplanned(like: number, place, due: due) }
        }
        return tallies
    }

    /// Clients whose part in a rollout over all of them is still to be planned.
    private func unplanned(like number: Int, _ place: Int, due: Instant) -> [String] {
        let job = assignments[number].job.name
        return assignments.indices.filter { other in
            guard assignments[other].job.name == job, !assignments[other].isRemoved,
                let wakeAt = assignments[other].wakeAt, wakeAt <= now,
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
            pauses.append(
                WorldPause(
                    job: assignment.job.name, client: assignment.client.name,
                    pause: Pause(reason: reason, actor: "rota", since: now, until: nil)))
            spreadPauses()
        }
    }

    /// A person lets a rollout go on in spite of what failed so far, or ends it.
    ///
    /// - Parameter aborting: why it is ended; nil is that it goes on.
    public mutating func decide(rollout place: Int, aborting why: String? = nil) {
        if let why {
            rollouts[place].tally.aborted = why
        } else {
            rollouts[place].tally.stopped = nil
            rollouts[place].tally.forgiven = rollouts[place].tally.failed
            rollouts[place].tally.passed = Set(
                rollouts[place].tally.rings.filter { $0.value.open == 0 && $0.value.succeeded == 0 }.keys)
        }
        for number in assignments.indices where assignments[number].rollouts.values.contains(place) { wake(number) }
    }
}
