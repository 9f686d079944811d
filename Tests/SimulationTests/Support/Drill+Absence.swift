import Recurrence

@testable import Model

/// What was put off: targets that were not there, guards that refused, and queues without a worker.
extension Drill {
    /// What no worker was there for until the last start is skipped where the job says so, and nothing else is for that.
    mutating func checkAbsence(of number: Int64, _ from: WorldRun.Place?, _ placement: Placement) {
        let run = world.runs[Int(number) - 1]
        let assignment = world.assignments[run.assignment]
        let isAway = world.queues.contains { $0.name == assignment.job.queue && !$0.hasWorker }
        let isToBeSkipped = isAway && assignment.job.whenOffline == .skip
        switch (from, placement) {
        case (.ready, .done(.skipped, let why)) where why.hasPrefix("no worker"):
            ledger.rare.saw(.noWorkerSkipped)
            expect(isToBeSkipped) { "run \(number) of \($0.name(run.assignment)) is skipped: \(why)" }
        case (.ready(_, let startBy?), .held(.window, _, _)) where startBy <= world.now:
            expect(!isToBeSkipped) { "run \(number) of \($0.name(run.assignment)) is not skipped at \($0.world.now)" }
            if ledger.refused.contains(number) { ledger.rare.saw(.guardWentBack) }
        default: break
        }
    }

    mutating func noteRefusal(_ number: Int64, _ end: AttemptEnd) {
        let attempt = world.attempts[Int(number) - 1]
        guard end == .released, case .says(let outcome) = attempt.ending, outcome.isPutOff else { return }
        ledger.rare.saw(.guardRefused)
        ledger.refused.insert(attempt.run)
    }

    /// What a job says of targets that are not there is done, and what is put off is not tried before its time.
    mutating func checkPutOffs() throws {
        var next: [Int64: WorldAttempt] = [:]
        for (index, attempt) in world.attempts.enumerated().reversed() {
            if case .says(let outcome) = attempt.ending, let ended = attempt.endedAt, !wasEnded(attempt) {
                let start = ledger.starts[index]
                let lastStart = try lastStart(of: attempt, start)
                check(attempt, ended, outcome, lastStart, next: next[attempt.run]?.startedAt)
            }
            next[attempt.run] = attempt
        }
    }

    /// Of the opening in which an attempt began; nil is at any time. What its run requires may hold until an earlier moment.
    private func lastStart(of attempt: WorldAttempt, _ start: Ledger.Start) throws -> Instant? {
        let assignment = world.assignments[world.runs[Int(attempt.run) - 1].assignment]
        let window = try window(of: assignment, at: start)
        return try window?.nextStart(after: attempt.startedAt, lasting: assignment.job.action.longest)?.startBy
    }

    /// By a person, or by schedulers.
    private func wasEnded(_ attempt: WorldAttempt) -> Bool { attempt.ended == .cancelled || attempt.ended == .lost }

    private mutating func check(
        _ attempt: WorldAttempt, _ ended: Instant, _ outcome: Outcome, _ lastStart: Instant?, next: Instant?
    ) {
        let run = world.runs[Int(attempt.run) - 1]
        let job = world.assignments[run.assignment].job
        let earliest: Instant
        if outcome.isPutOff {
            earliest = ended + Job.guardWait
            expect(attempt.ended == .released && next.map { $0 >= earliest } ?? true) { _ in
                "run \(attempt.run) was refused at \(ended), and is tried at \(next?.description ?? "no time")"
            }
            return
        }
        guard outcome.exitCode == 69 else { return }
        switch job.whenOffline {
        case nil:
            expect(attempt.ended == .failed) { _ in "run \(attempt.run) did not fail at \(ended)" }
            return
        case .skip:
            let isSkipped = if case .done(.skipped, ended) = run.place { true } else { false }
            expect(isSkipped && next == nil) { _ in "run \(attempt.run) was away, and is \(run.place)" }
            return
        case .asap:
            ledger.rare.saw(.awaySoon)
            earliest = ended + Job.offlineWait
        case .nextWindow:
            if next != nil { ledger.rare.saw(.awayUntilWindow) }
            // A window that is another meanwhile has another next opening.
            // Where its opening was moved, the next may be there sooner.
            let rules = versions.map { $0.windows[job.window ?? ""] }
            let isMoved = rules.contains { $0 != rules[0] }
            earliest = isMoved ? ended : lastStart ?? ended + Job.offlineWait
        }
        expect(attempt.ended == .released && next.map { $0 >= earliest } ?? true) { _ in
            "run \(attempt.run) was away at \(ended), and is tried at \(next?.description ?? "no time")"
        }
    }
}
