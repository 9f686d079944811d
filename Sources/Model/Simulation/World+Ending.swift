import Recurrence

extension World {
    /// From the last renewal to the moment at which another may have the run: the lease, and the grace after it.
    public static let lossTakes = Duration.seconds(35)

    /// Puts down when an attempt ends.
    mutating func expect(_ attempt: Int64, _ work: Work) {
        let moment = now + work.lasting
        switch work.ending {
        case .tells, .says: timeline.add(.end(attempt), at: moment)
        case .vanishes: timeline.add(.lose(attempt), at: moment + Self.lossTakes)
        case .stalls(let late, _):
            timeline.add(.lose(attempt), at: moment + Self.lossTakes)
            timeline.add(.end(attempt), at: moment + Self.lossTakes + late)
        }
    }

    /// A worker tells how an attempt ended.
    mutating func end(_ attempt: Int64) {
        let told = attempts[Int(attempt) - 1]
        guard case .leased(attempt) = runs[Int(told.run) - 1].place else {
            // Of an attempt that a person has ended its worker knows already.
            if told.ended != .cancelled { events.append(.refused(attempt: attempt)) }
            return
        }
        switch told.ending {
        case .tells(let end), .stalls(_, let end): finish(attempt, Outcome(end))
        case .says(let outcome): finish(attempt, outcome)
        case .vanishes: break
        }
    }

    /// The worker that has a run is asked to end it.
    mutating func askToEnd(_ number: Int64) {
        guard case .leased(let attempt) = runs[Int(number) - 1].place, !runs[Int(number) - 1].isToEnd else { return }
        runs[Int(number) - 1].isToEnd = true
        timeline.add(.cancel(attempt), at: now + hearingTakes)
    }

    mutating func cancel(_ attempt: Int64) {
        let asked = attempts[Int(attempt) - 1]
        guard case .leased(attempt) = runs[Int(asked.run) - 1].place, asked.deafFrom.map({ now < $0 }) ?? true else {
            return
        }
        finish(attempt, Outcome(.cancelled))
    }

    /// A scheduler ends the leases that have run out.
    mutating func endLost() {
        let expired = lost
        lost.removeAll(keepingCapacity: true)
        for attempt in expired {
            guard case .leased(attempt) = runs[Int(attempts[Int(attempt) - 1].run) - 1].place else { continue }
            finish(attempt, Outcome(.lost))
        }
    }

    /// Ends an attempt that is the run's own, and does with the run what follows.
    mutating func finish(_ attempt: Int64, _ outcome: Outcome) {
        let number = attempts[Int(attempt) - 1].run
        let index = Int(number) - 1
        let (told, verdict) = conclude(outcome, of: runs[index])
        defer { if verdict != nil, let found = outcome.findings { note(found, by: runs[index]) } }
        // What was asked to end, and is handed back, is ended all the same.
        let end = told == .released && runs[index].isToEnd ? .cancelled : told
        attempts[Int(attempt) - 1].endedAt = now
        attempts[Int(attempt) - 1].ended = end
        leave(number)
        events.append(.ended(attempt: attempt, end, verdict ?? .retry(after: .zero)))
        if end == .lost { runs[index].losses += 1 } else if end != .released { runs[index].failures += 1 }
        follow(number, verdict ?? .retry(after: .zero))
        if let look = nextLook(verdict, startBy: runs[index].startBy) { wake(runs[index].assignment, at: look) }
        haveLooked(at: index)
    }

    /// What is to be done again is not taken before a scheduler has looked, where what it waits for may have changed while it
    /// was at work: something is paused, its rollout may have been stopped, something may have been found.
    private mutating func haveLooked(at index: Int) {
        guard case .ready = runs[index].place, runs[index].lane == .proactive,
            !assignments[runs[index].assignment].isRemoved,
            runs[index].rollout != nil || assignments[runs[index].assignment].job.requiresNoFinding
                || pauses.contains(where: { $0.pause.isActive(at: now) })
        else { return }
        assignments[runs[index].assignment].awaitsLook = true
        wake(runs[index].assignment)
    }

    /// By the revision of the job with which the run was made; the verdict is nil where the run is handed back unused.
    private func conclude(_ outcome: Outcome, of run: WorldRun) -> (AttemptEnd, Verdict?) {
        let job = revision(of: run).job
        if outcome.ended == .lost {
            return (.lost, .onLoss(lossesBefore: run.losses, cancelled: run.isToEnd, repeatable: job.isRepeatable))
        }
        let conclusion = job.conclusion(
            of: outcome, failedBefore: run.failures, lossesBefore: run.losses,
            untilLastStart: run.startBy.map { $0 - now })
        return switch conclusion {
        case .finished(let told, let verdict): (told.ended, verdict)
        case .released: (.released, nil)
        }
    }

    /// When an assignment is to be looked at for what became of its run: what is done again may have to wait for its window.
    private func nextLook(_ verdict: Verdict?, startBy: Instant?) -> Instant? {
        switch verdict {
        case nil: startBy
        case .retry(let wait): now + wait
        case .wait(let again): now + (again ?? .zero)
        case .finish, .hold: nil
        }
    }

    private mutating func follow(_ number: Int64, _ verdict: Verdict) {
        switch verdict {
        case .finish(let state): move(number, to: .done(state, at: now))
        case .retry where runs[Int(number) - 1].isToEnd: move(number, to: .done(.cancelled, at: now))
        case .retry(let wait):
            move(number, to: .ready(notBefore: now + wait, startBy: runs[Int(number) - 1].startBy))
        case .hold: move(number, to: .held(.unknown, lookAt: nil))
        case .wait(let again):
            move(number, to: .waiting(repeatAt: again.map { now + $0 }))
            awaitPerson(number)
        }
    }

    /// A run is at work no more: its groups and its queue have room.
    mutating func leave(_ number: Int64) {
        let run = runs[Int(number) - 1]
        for group in run.limits { groups[group].inUse -= 1 }
        left.formUnion(run.limits)
        queues[revision(of: run).queue].going -= 1
    }

    /// Puts down when a person does their part.
    mutating func awaitPerson(_ number: Int64) {
        let run = runs[Int(number) - 1]
        let chore = Chore(
            run: number, attempt: run.attempts, assignment: run.assignment, target: run.target, due: run.due)
        guard let patience = labour.patience(with: chore) else { return }
        timeline.add(.complete(run: number, version: run.version), at: now + patience)
    }

    mutating func complete(_ number: Int64, _ version: Int32) {
        let run = runs[Int(number) - 1]
        guard run.version == version, case .waiting = run.place else { return }
        move(number, to: .done(.succeeded, at: now))
        events.append(.completed(run: number))
    }
}
