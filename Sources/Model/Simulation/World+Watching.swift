import Recurrence

extension World {
    /// Finds out for each assignment whose runs' ends are to be looked at where: after assignments were added or changed.
    mutating func link() {
        var byJob: [String: [Int]] = [:]
        var places: [Place: Int] = [:]
        for (number, assignment) in assignments.enumerated() where !assignment.isRemoved {
            byJob[assignment.job.name, default: []].append(number)
            places[Place(job: assignment.job.name, client: assignment.client.name)] = number
        }
        for number in assignments.indices {
            assignments[number].watchers = []
            assignments[number].required = [:]
            assignments[number].isRequired = false
        }
        for (_, own) in byJob { link(own, places) }
        isLinked = true
    }

    private struct Place: Hashable {
        var job: String
        var client: String
    }

    /// The assignments of one job.
    private mutating func link(_ own: [Int], _ places: [Place: Int]) {
        guard let job = own.first.map({ assignments[$0].job }) else { return }
        let isAcross = job.rollout?.across == .clients
        let total = isAcross ? own.reduce(0) { $0 + assignments[$1].state.targets.count } : nil
        for number in own {
            if job.watchesItself {
                assignments[number].watchers += isAcross ? own : [number]
            }
            assignments[number].state.targetsOfAllClients = total
            for name in Set(job.requiredJobs) {
                let client = assignments[number].client.name
                guard let required = places[Place(job: name, client: client)] else { continue }
                assignments[required].watchers.append(number)
                assignments[required].isRequired = true
                assignments[number].required[name] = required
            }
        }
    }

    /// A run is done: what is counted of its rollout and remembered of its job, and who is to look at that.
    mutating func note(_ number: Int64, _ state: RunState) {
        let run = runs[Int(number) - 1]
        if let rollout = run.rollout { rollouts[rollout].close(ring: run.ring, state, at: now) }
        switch state {
        case .succeeded where assignments[run.assignment].isRequired:
            assignments[run.assignment].successes[run.target] = now
        case .failed where assignments[run.assignment].job.pauseOnFailure == true:
            assignments[run.assignment].state.failure = FailedRun(id: number, reason: nil)
        default: break
        }
        let decides = state == .failed && (run.rollout != nil || revision(of: run).job.pauseOnFailure == true)
        for watcher in assignments[run.assignment].watchers {
            let isOwn = assignments[watcher].job.name == assignments[run.assignment].job.name
            if decides, isOwn { assignments[watcher].awaitsLook = true }
            // What others require matters to runs of theirs that wait for it.
            if isOwn || assignments[watcher].open.contains(where: { runs[Int($0) - 1].isOpen }) { wake(watcher) }
        }
    }

    /// What planning is told beside the assignment's own runs.
    mutating func complete(_ state: inout AssignmentState, of number: Int) {
        let assignment = assignments[number]
        if !assignment.required.isEmpty {
            state.facts.successes = assignment.required.mapValues { assignments[$0].successes }
        }
        if state.job.requiresNoFinding { state.facts.findings = worstFindings(of: assignment.client.name) }
        if state.job.whenOffline == .skip, let queue = assignment.revisions.last?.queue {
            state.hasWorker = queues[queue].hasWorker
        }
        if let zone = assignment.conditionZone {
            let today = zone.local(now).date
            if today != assignment.targetsOn { choose(today, number) }
            state.targets = assignments[number].state.targets
        }
        if state.job.rollout?.isWatched == true { state.rollouts = tallies(of: number, state.open) }
    }

    /// Which assets a selector with a condition matches may change with the day.
    private mutating func choose(_ today: CivilDate, _ number: Int) {
        guard let selector = assignments[number].job.targets else { return }
        assignments[number].targetsOn = today
        assignments[number].state.targets = assignments[number].state.assets
            .filter { selector.matches($0.value, on: today) }.keys.sorted()
    }
}
