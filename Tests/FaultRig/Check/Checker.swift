import Recurrence

/// Compares what is known of a trial with what Rota promises. It decides nothing from what Rota says alone.
struct Checker: Sendable {
    /// How long after the end of a fault everything that falls due must be taken up again, on a busy machine.
    static let recovery = Duration.seconds(30)
    /// From the worker's last look at its clock to the command's first word: a fork, an exec, a shell and its `date`.
    static let startingUp = Duration.milliseconds(500)

    let evidence: Evidence

    func violations() -> [Violation] {
        let checks: [(Promise, [String])] = [
            (.oneRunEach, oneRunEach()), (.oneLease, oneLease()), (.staleRefused, evidence.accepted),
            (.acknowledgedStays, acknowledgedStays()), (.insideWindow, insideWindow()),
            (.nothingVanishes, nothingVanishes()), (.limitsHeld, limitsHeld()),
            (.unknownIsNoResult, unknownIsNoResult()), (.lostCommandsDie, lostCommandsDie()),
            (.neverRepeated, neverRepeated()), (.evidenceIsWhole, evidenceIsWhole()),
            (.takenUpAgain, takenUpAgain()),
        ]
        return checks.flatMap { promise, faults in faults.map { Violation(promise: promise, what: $0) } }
    }

    /// Promise 1: against moments that were computed apart from the scheduler.
    private func oneRunEach() -> [String] {
        let planned = evidence.runs.filter { $0.lane == "proactive" && $0.due <= evidence.through }
        let made = Dictionary(grouping: planned, by: \.moment)
        let required = Programme.moments(after: evidence.applied, through: evidence.through)
        let allowed = Programme.moments(after: evidence.begin, through: evidence.through)
        return required.subtracting(made.keys).map { "\($0) has no run" }
            + made.filter { $0.value.count > 1 }.map { "\($0.key) has the runs \($0.value.map(\.id))" }
            + Set(made.keys).subtracting(allowed).map { "\($0) was never due" }
    }

    /// Promise 2: by the leases that the database granted, and by the signs of life of the commands themselves.
    private func oneLease() -> [String] {
        var faults: [String] = []
        for (run, attempts) in Dictionary(grouping: evidence.attempts, by: \.run) {
            for (earlier, later) in zip(attempts, attempts.dropFirst()) {
                guard let ended = earlier.endedAt, ended <= later.leasedAt else {
                    faults.append("run \(run): attempt \(later.id) was leased before \(earlier.id) had ended")
                    continue
                }
            }
        }
        let known = Set(evidence.attempts.map(\.id))
        for (run, entries) in Dictionary(grouping: evidence.work, by: \.run) {
            let attempts = Dictionary(grouping: entries, by: \.attempt).sorted { $0.key < $1.key }
            faults += attempts.filter { !known.contains($0.key) }.map { "attempt \($0.key) was never leased" }
            faults += attempts.filter { $0.value.count { $0.verb == "start" } > 1 }.map { "\($0.key) started twice" }
            // Where the clock jumps the database holds leases for ended that a worker, by its own clock, does not.
            if evidence.clock.wasMoved { continue }
            for (earlier, later) in zip(attempts, attempts.dropFirst()) {
                let last = earlier.value.map(\.sinceBoot).max() ?? .zero
                let first = later.value.map(\.sinceBoot).min() ?? .zero
                // The time since boot is told in hundredths of a second.
                if last > first + .milliseconds(10) {
                    faults.append("run \(run): \(later.key) was begun \(last - first) before \(earlier.key) ended")
                }
            }
        }
        return faults
    }

    /// Promise 4: what a worker or the desk was told is so in the end.
    private func acknowledgedStays() -> [String] {
        let attempts = Dictionary(evidence.attempts.map { ($0.id, $0) }) { first, _ in first }
        let runs = Dictionary(evidence.runs.map { ($0.id, $0) }) { first, _ in first }
        var faults: [String] = []
        for word in evidence.acknowledged {
            if attempts[word.attempt]?.endedAs != word.outcome {
                let found = attempts[word.attempt]?.endedAs ?? "nothing"
                faults.append("attempt \(word.attempt) was acknowledged as \(word.outcome), and is \(found)")
            }
            if word.verdict == "succeeded", runs[word.run]?.state != "succeeded" {
                faults.append(
                    "run \(word.run) was acknowledged as succeeded, and is \(runs[word.run]?.state ?? "gone")")
            }
        }
        let asked = Set(evidence.runs.compactMap(\.madeBy))
        faults += evidence.calls.filter { $0.wasAcknowledged && !asked.contains($0.actor) }
            .map { "what \($0.actor) asked for was acknowledged, and is not there" }
        return faults
    }

    /// Promise 5: by when the commands say that they started. The database's clock counts as it was when the run was
    /// leased: from then on the worker goes by its own.
    private func insideWindow() -> [String] {
        let leased = Dictionary(evidence.attempts.map { ($0.id, $0.leasedAt) }) { first, _ in first }
        return evidence.work.compactMap { entry in
            let start =
                leased[entry.attempt].map { entry.at + evidence.clock.ahead(at: $0) }
                ?? evidence.clock.reading(at: entry.at)
            guard entry.verb == "start", entry.job == Programme.windowed,
                start >= evidence.lastStart + Self.startingUp
            else {
                return nil
            }
            return "attempt \(entry.attempt) started \(start - evidence.lastStart) after the window's last start"
        }
    }

    /// Promise 6: every run is in exactly one place, and what nobody does is told as overdue.
    private func nothingVanishes() -> [String] {
        let lost = evidence.runs.filter { $0.places != 1 }.map { "run \($0.id) is in \($0.places) places" }
        let silent = Programme.clients.filter { !evidence.overdue.contains("\(Programme.unserved) \($0)") }
        return lost + silent.map { "\(Programme.unserved) for \($0) is overdue, and not told" }
    }

    /// Promise 8: a result is one that the command itself came to; what nobody knows is told as such.
    private func unknownIsNoResult() -> [String] {
        let finished = Set(evidence.work.filter { $0.verb == "end" }.map(\.attempt))
        var faults: [String] = []
        for attempt in evidence.attempts {
            switch attempt.endedAs {
            case "succeeded" where !finished.contains(attempt.id):
                faults.append("attempt \(attempt.id) is shown as succeeded, and its command did not come to its end")
            case "failed", "timedOut":
                faults.append("attempt \(attempt.id) is shown as \(attempt.endedAs ?? ""), and no command fails")
            default: break
            }
        }
        let succeeded = Set(evidence.work.filter { $0.verb == "end" }.map(\.run))
        for run in evidence.runs where run.state == "failed" || run.state == "succeeded" && !succeeded.contains(run.id)
        {
            // A person may know.
            if isDecided(run) { continue }
            faults.append("run \(run.id) is shown as \(run.state), and no command came to its end so")
        }
        let asked = Set(evidence.runs.compactMap(\.madeBy))
        faults += evidence.calls.filter { !$0.wasAcknowledged && asked.contains($0.actor) && !$0.saidUnknown }
            .map { "what \($0.actor) asked for is there, and was told as failed: \($0.lines)" }
        return faults
    }

    /// Promise 9: nothing of a lost attempt lives on past its lease, and nothing lives on at the end.
    private func lostCommandsDie() -> [String] {
        let signs = Dictionary(grouping: evidence.work, by: \.attempt)
        let late = evidence.attempts.compactMap { attempt -> String? in
            guard attempt.endedAs == "lost", let ended = attempt.endedAt, !evidence.clock.wasMoved,
                let last = signs[attempt.id]?.map(\.at).max(), evidence.clock.reading(at: last) > ended
            else { return nil }
            return "attempt \(attempt.id) was lost, and its command went on"
        }
        return late + evidence.survivors.map { "process \($0) of a command is there after all has ended" }
    }

    /// Promise 11: the log of acts is whole, and the kept output is what the command wrote.
    private func evidenceIsWhole() -> [String] {
        let unlogged = evidence.calls.filter { $0.wasAcknowledged && !evidence.actors.contains($0.actor) }
        let whole = evidence.attempts.filter { $0.endedAs == "succeeded" }
        let other = whole.filter { evidence.outputs[$0.id] != WorkScript.output(attempt: $0.id, run: $0.run) }
        return evidence.brokenActs.map { "act \($0) is not what was written" }
            + unlogged.map { "what \($0.actor) did is not in the log of acts" }
            + other.map { "what is kept of attempt \($0.id) is something that its command did not write" }
            + evidence.brokenOutputs
    }

    /// Promise 12: by the first command of each quick job that was due after the fault.
    private func takenUpAgain() -> [String] {
        guard let recovered = timeToRecover else { return ["not everything was taken up again after the fault"] }
        return (recovered > Self.recovery ? ["it took \(recovered) until all was taken up again"] : [])
            + (evidence.settled ? [] : ["what was due up to \(evidence.through) was not done in the time that it had"])
    }

    /// From the end of the fault until each job had begun what fell due after it, and each worker that was cut off had begun
    /// something; nil where one did not.
    var timeToRecover: Duration? {
        let over = evidence.clock.reading(at: evidence.faultOver)
        let begun = evidence.work.filter { $0.verb == "start" }
        let jobs = Programme.quick.map { job in begun.filter { $0.job == job && $0.due >= over }.map(\.at).min() }
        let workers = evidence.mustReturn.map { worker in
            begun.filter { $0.worker == worker && $0.at > evidence.faultOver }.map(\.at).min()
        }
        let firsts = (jobs + workers).compactMap { $0 }
        guard firsts.count == jobs.count + workers.count, let last = firsts.max() else { return nil }
        return last - evidence.faultOver
    }
}
