import Recurrence

@testable import Model

extension Drill {
    /// 7. Never more at work in a group than its limit: every beginning and end, one after the other.
    mutating func checkLimits() {
        var changes: [(at: Instant, order: Int, keys: [(key: String, most: Int?)])] = []
        for (attempt, start) in zip(world.attempts, ledger.starts) {
            let run = Int(attempt.run) - 1
            let keys = limits(of: run, at: start) + fixedLimits(of: world.runs[run])
            guard !keys.isEmpty else { continue }
            changes.append((attempt.startedAt, 1, keys))
            if let ended = attempt.endedAt { changes.append((ended, ended == attempt.startedAt ? 2 : 0, keys)) }
        }
        changes.sort { ($0.at, $0.order) < ($1.at, $1.order) }
        var atWork: [String: Int] = [:]
        for change in changes {
            for (key, most) in change.keys {
                atWork[key, default: 0] += change.order == 1 ? 1 : -1
                // What is at work goes on where the limit was lowered, but no other begins.
                if let most, change.order == 1, !(atWork[key] ?? 0 <= most) {
                    ledger.add(fault: "\(key) has \(atWork[key] ?? 0) at work at \(change.at), \(most) are allowed")
                }
            }
        }
    }

    /// Told from definitions that nobody edits.
    private func fixedLimits(of run: WorldRun) -> [(key: String, most: Int?)] {
        let assignment = world.assignments[run.assignment]
        let job = assignment.job
        var limits: [(String, Int?)] = []
        if job.exclusive == true, let target = run.target { limits.append(("asset \(target)", 1)) }
        if let label = job.rollout?.apart, let target = run.target,
            let value = labels[target]?[label]
        {
            limits.append(("\(assignment.client.name) \(label)=\(value)", 1))
        }
        if let atOnce = job.rollout?.atOnce, job.rollout?.across != .clients,
            let planned = planned[OccurrenceKey(assignment: run.assignment, due: run.due)]
        {
            limits.append(("\(name(run.assignment)) of \(run.due)", atOnce.count(of: planned)))
        }
        return limits
    }

    /// Rings begin in their order, each after a success and the soak of the one before, and not after too many failures.
    mutating func checkRings() {
        for start in ledger.starts {
            let attempt = world.attempts[Int(start.attempt) - 1]
            let number = attempt.run
            guard let place = world.runs[Int(number) - 1].rollout,
                let rollout = world.assignments[world.runs[Int(number) - 1].assignment].job.rollout
            else { continue }
            let tally = world.rollouts[place].tally
            if let stopAfter = rollout.stopAfter, start.isPlanning {
                if !(start.failures <= stopAfter.bearable(of: tally.planned)) {
                    ledger.add(
                        fault:
                            "run \(number), attempt \(attempt.number), starts at \(attempt.startedAt) after \(start.failures) failures of its rollout"
                    )
                }
            }
            for ring in tally.rings.keys where ring < world.runs[Int(number) - 1].ring {
                checkRing(ring, of: place, before: attempt, rollout)
            }
        }
    }

    private mutating func checkRing(_ ring: Int, of place: Int, before attempt: WorldAttempt, _ rollout: Rollout) {
        let end = ringEnds[place]?[ring] ?? RingEnd()
        guard end.openRuns == 0, end.last.map({ $0 <= attempt.startedAt }) ?? true else {
            ledger.add(fault: "run \(attempt.run) starts at \(attempt.startedAt) before ring \(ring) is through")
            return
        }
        let isPassed = ledger.passed[place]?.contains(ring) ?? false
        if !(end.succeeded || isPassed) {
            ledger.add(fault: "run \(attempt.run) starts although ring \(ring) had no success")
        }
        let soaked = (end.last ?? attempt.startedAt) + rollout.soak(ofRing: ring)
        // A person's word lets a ring pass, and its soak stands.
        if !(soaked <= attempt.startedAt) {
            ledger.add(fault: "run \(attempt.run) starts before ring \(ring) has soaked")
        }
    }
}
