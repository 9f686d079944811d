import Recurrence
import SeededDice

@testable import Model

extension Drill {
    mutating func observe() {
        if world.isPlanning { seen = versions.count - 1 }
        for event in world.takeEvents() { see(event) }
        if world.queues.contains(where: { $0.isFull && !$0.ready.isEmpty }) { ledger.rare.saw(.slotsFull) }
    }

    private mutating func see(_ event: WorldEvent) {
        switch event {
        case .planned(let assignment, let due, let first, let runs):
            seePlanned(assignment, due, Int(first) - 1..<(Int(first) - 1 + runs))
        case .placed(let run, let from, _, let placement): seePlaced(run, from, placement)
        case .started(let attempt): seeStart(attempt)
        case .parked(_, let group):
            switch world.groups[group].limit.subject {
            case .apart: ledger.rare.saw(.apartReached)
            case .exclusive: ledger.rare.saw(.exclusiveReached)
            default: ledger.rare.saw(.limitReached)
            }
        case .ended(let attempt, let end, let verdict): seeEnd(attempt, end, verdict)
        case .refused:
            ledger.rare.saw(.staleTokenRefused)
            refused += 1
        case .stopped(let rollout, _, _, let why):
            ledger.rare.saw(.rolloutStopped)
            let scope = world.rollouts[rollout].scope
            stops.append("\(world.now) \(scope): \(why)")
            // Of several that stop at one moment the order is no matter.
            var dice = Dice(Dice.mixed(seed ^ StableHash.number("\(scope) \(world.now)")))
            plan(world.now + .seconds(dice.number(0...200_000)), .decide(rollout: rollout, aborts: dice.chance(25)))
        case .completed: ledger.rare.saw(.taskCompleted)
        case .trouble(let assignment, let text):
            ledger.add(fault: "\(world.assignments[assignment].job.name) cannot be planned: \(text)")
        }
    }

    private mutating func seePlanned(_ number: Int, _ due: Instant, _ runs: Range<Int>) {
        ledger.planned.append(.init(assignment: number, due: due, at: world.now, runs: runs, seen: seen))
        let assignment = world.assignments[number]
        let zone = assignment.state.schedule.zone
        if zone.local(due - .seconds(7200)).hour == zone.local(due).hour - 3 { ledger.rare.saw(.gapCrossed) }
        if zone.local(due - .seconds(3600)).hour == zone.local(due).hour { ledger.rare.saw(.hourTwice) }
        let wanted = estate.targets(of: assignment.job, at: assignment.client.name)
        let targets = world.runs[runs].map(\.target)
        if !(targets.count == wanted.count && Set(targets) == wanted) {
            ledger.add(fault: "\(assignment.job.name) of \(due) is planned on \(targets), and not on \(wanted)")
        }
    }

    private mutating func seePlaced(_ number: Int64, _ from: WorldRun.Place?, _ placement: Placement) {
        let run = world.runs[Int(number) - 1]
        if case .done(_, let reason) = placement, size.isTold { reasons[number] = History.withoutNumbers(reason) }
        if case .held(.due, _, _) = placement, from == nil { ledger.rare.saw(.madeAhead) }
        checkAbsence(of: number, from, placement)
        noteHeld(number, from, placement)
        switch placement {
        case .held(.paused, let why, _), .done(.skipped, let why):
            if why.hasPrefix("asset/") { ledger.rare.saw(.assetPaused) }
            if why.hasPrefix("label/") { ledger.rare.saw(.labelPaused) }
        default: break
        }
        if case .ready(let notBefore, _) = from, case .held(let hold, _, _) = placement, notBefore > world.now,
            hold != .window, hold != .frozen, run.attempts > 0
        {
            ledger.rare.saw(.heldWhileItWaits)
        }
        switch (from, placement) {
        case (nil, .done(.missed, _)): ledger.rare.saw(.missedWhileDead)
        case (nil, .done(.skipped, let why)):
            ledger.rare.saw(why.contains("was still") ? .skippedWhileGoing : .skippedWhilePaused)
        case (_, .done(.missed, _)): ledger.rare.saw(.superseded)
        case (_, .done(.failed, _)): ledger.rare.saw(.gaveUpTrying)
        case (.ready, .held(.window, _, _)), (.ready, .held(.frozen, _, _)): ledger.rare.saw(.windowClosedOnReady)
        case (.held(.ring, _), .ready): ledger.rare.saw(.ringOpened)
        case (_, .held(let hold, let why, _)): see(hold, why)
        case (nil, .ready(let notBefore, _)):
            if notBefore > run.due, notBefore > world.now { ledger.rare.saw(.spread) }
            if world.now - run.due > .seconds(86_400), world.assignments[run.assignment].job.catchUp == .all {
                ledger.rare.saw(.caughtUp)
            }
        default: break
        }
    }

    private mutating func see(_ hold: Hold, _ why: String) {
        switch hold {
        case .frozen: ledger.rare.saw(.frozen)
        case .ring where why.contains("soaked"): ledger.rare.saw(.soaked)
        case .ring where why.contains("all clients"): ledger.rare.saw(.acrossClients)
        case .requires: ledger.rare.saw(.requirementLacking)
        case .overlap: ledger.rare.saw(.queued)
        default: break
        }
    }

    private mutating func seeEnd(_ attempt: Int64, _ end: AttemptEnd, _ verdict: Verdict) {
        ledger.ends[attempt, default: 0] += 1
        noteRefusal(attempt, end)
        noteFindings(attempt)
        let run = world.runs[Int(world.attempts[Int(attempt) - 1].run) - 1]
        let job = world.assignments[run.assignment].job
        if case .retry(let wait) = verdict, wait > .zero { ledger.waits[attempt] = wait }
        if verdict == .hold { ledger.rare.saw(.unknownHeld) }
        if verdict == .finish(.failed), job.pauseOnFailure == true { ledger.rare.saw(.pausedByFailure) }
        switch end {
        case .lost: ledger.rare.saw(.leaseLost)
        case .released: ledger.rare.saw(.handedBack)
        case .cancelled:
            ledger.rare.saw(job.overlap == .replace ? .replaced : .endedAtClose)
            if job.overlap == .replace, job.rollout?.across == .clients { ledger.rare.saw(.replacedAcross) }
        case .failed where verdict == .finish(.skipped): ledger.rare.saw(.awaySkipped)
        case .failed, .timedOut: if case .retry = verdict { ledger.rare.saw(.retried) }
        case .succeeded: break
        }
    }

    private mutating func seeStart(_ number: Int64) {
        let attempt = world.attempts[Int(number) - 1]
        let run = world.runs[Int(attempt.run) - 1]
        ledger.refused.remove(attempt.run)
        checkNothingIsWrong(attempt)
        var failures = 0
        if let rollout = world.runs[Int(attempt.run) - 1].rollout {
            failures = world.rollouts[rollout].tally.failed - world.rollouts[rollout].tally.forgiven
        }
        ledger.starts.append(
            .init(
                attempt: number, isPlanning: world.isPlanning, failures: failures, startBy: run.startBy,
                seen: seen, applied: versions.count - 1))
        let job = world.assignments[run.assignment].job
        if run.lane == .proactive, world.isPlanning {
            let paused = world.pauses.first { pause in
                (pause.job ?? job.name) == job.name
                    && (pause.client ?? world.assignments[run.assignment].client.name)
                        == world.assignments[run.assignment].client.name
                    && pause.pause.isActive(at: world.now)
                    && pause.pause.actor != "rota" && covers(pause.pause.cover, run)
            }
            if let paused {
                ledger.add(
                    fault: "run \(attempt.run) of \(job.name) starts at \(attempt.startedAt) in spite of \(paused)")
            }
        }
    }

    /// Told from the definitions alone.
    private func covers(_ cover: Pause.Cover, _ run: WorldRun) -> Bool {
        switch cover {
        case .all: return true
        case .asset(let number): return run.target == number
        case .label(let key, let value):
            let own = run.target.flatMap { labels[$0] } ?? [:]
            return (own[key] ?? world.assignments[run.assignment].client.labels[key]) == value
        }
    }
}
