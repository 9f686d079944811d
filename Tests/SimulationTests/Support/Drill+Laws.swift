import Recurrence

@testable import Model

extension Drill {
    /// The promises, held against what the world did.
    mutating func checkAll() throws {
        for occurrence in ledger.planned {
            planned[OccurrenceKey(assignment: occurrence.assignment, due: occurrence.due)] = occurrence.runs.count
            for run in occurrence.runs { plannedBy[run] = occurrence.seen }
        }
        for run in world.runs {
            if let rollout = run.rollout { ringEnds[rollout, default: [:]][run.ring, default: RingEnd()].note(run) }
        }
        checkMoments()
        checkTokens()
        try checkWindows()
        checkLimits()
        checkRings()
        checkTargets()
        checkUnknownEnds()
        try checkPutOffs()
        checkRetries()
        checkWaits()
        checkNothingIsForgotten()
    }

    /// 1. Every due moment was planned once, with one run for each target.
    private mutating func checkMoments() {
        let moments = Dictionary(grouping: ledger.planned, by: \.assignment)
        for number in world.assignments.indices {
            let found = moments[number]?.map(\.due) ?? []
            let wanted = ledger.expected[number] ?? []
            if !(found.sorted() == wanted.sorted() && Set(found).count == found.count) {
                ledger.add(
                    fault:
                        "\(name(number)): planned are \(found.count) moments, due were \(wanted.count); \(difference(found, wanted))"
                )
            }
        }
    }

    private func difference(_ found: [Instant], _ wanted: [Instant]) -> String {
        let (found, wanted) = (Set(found), Set(wanted))
        return
            "too many \(found.subtracting(wanted).sorted().prefix(3)), missing \(wanted.subtracting(found).sorted().prefix(3))"
    }

    /// 2 and 3. No two attempts of a run go at one time, each ends once, and the numbers of attempts only rise.
    private mutating func checkTokens() {
        var last: [Int64: WorldAttempt] = [:]
        for (index, attempt) in world.attempts.enumerated() {
            if let before = last[attempt.run] {
                let isOver = before.endedAt.map { $0 <= attempt.startedAt } ?? false
                if !(isOver) { ledger.add(fault: "run \(attempt.run) has two attempts at \(attempt.startedAt)") }
            }
            last[attempt.run] = attempt
            let ends = ledger.ends[Int64(index) + 1] ?? 0
            if !(ends == (attempt.endedAt == nil ? 0 : 1)) {
                ledger.add(fault: "attempt \(index + 1) ended \(ends) times")
            }
        }
    }

    /// 5. Nothing starts outside its window, nor where it could not end in it.
    private mutating func checkWindows() throws {
        var windows: [String: Window?] = [:]
        for (attempt, start) in zip(world.attempts, ledger.starts) {
            let run = world.runs[Int(attempt.run) - 1]
            let assignment = world.assignments[run.assignment]
            let key = "\(run.assignment) \(start.seen)"
            if windows[key] == nil { windows[key] = .some(try window(of: assignment, at: start)) }
            guard let window = windows[key] ?? nil, case .exec(let exec) = assignment.job.action else { continue }
            let opening = window.openings(after: attempt.startedAt).first { _ in true }
            let fits = opening.map { opening in
                opening.opens <= attempt.startedAt && attempt.startedAt < opening.lastStart
                    && attempt.startedAt + exec.timeout.elapsed < opening.closes + .seconds(1)
            }
            if !(fits ?? false) {
                ledger.add(fault: "run \(attempt.run) of \(name(run.assignment)) starts at \(attempt.startedAt)")
            }
        }
    }

    /// No two runs of a job on one target at a time, unless it allows that.
    private mutating func checkTargets() {
        var last: [TargetKey: WorldAttempt] = [:]
        for attempt in world.attempts {
            let run = world.runs[Int(attempt.run) - 1]
            let key = TargetKey(assignment: run.assignment, target: run.target)
            defer { last[key] = attempt }
            guard let before = last[key], before.run != attempt.run else { continue }
            let isOver = before.endedAt.map { $0 <= attempt.startedAt } ?? false
            if world.assignments[run.assignment].job.overlap == .allow {
                if !isOver { ledger.rare.saw(.together) }
            } else {
                if !(isOver) {
                    ledger.add(
                        fault:
                            "\(name(run.assignment)) runs twice at once on \(run.target ?? 0) at \(attempt.startedAt): due \(run.due), and \(world.runs[Int(before.run) - 1].due)"
                    )
                }
            }
        }
    }

    /// 10. What must not be repeated is not begun again after an end that nobody knows.
    private mutating func checkUnknownEnds() {
        var ended: Set<Int64> = []
        for attempt in world.attempts {
            let run = world.runs[Int(attempt.run) - 1]
            guard world.assignments[run.assignment].job.repeatable == false else { continue }
            if !(!ended.contains(attempt.run)) {
                ledger.add(fault: "run \(attempt.run) is repeated after an unknown end")
            }
            if attempt.ended == .lost || attempt.ended == .timedOut { ended.insert(attempt.run) }
        }
    }

    /// No more attempts fail than a job says; what was handed back, put off or lost is none of them.
    private mutating func checkRetries() {
        var failed: [Int64: Int] = [:]
        for attempt in world.attempts where attempt.ended == .failed || attempt.ended == .timedOut {
            failed[attempt.run, default: 0] += 1
        }
        for (run, count) in failed {
            let most = world.assignments[world.runs[Int(run) - 1].assignment].job.retry.attempts
            if count > most { ledger.add(fault: "run \(run) failed \(count) times, \(most) are allowed") }
        }
    }

    /// Nothing is tried again before its time, whatever held it meanwhile.
    private mutating func checkWaits() {
        var earliest: [Int64: Instant] = [:]
        for (index, attempt) in world.attempts.enumerated() {
            if let earliest = earliest[attempt.run], attempt.startedAt < earliest {
                ledger.add(
                    fault:
                        "run \(attempt.run) is tried again at \(attempt.startedAt), and should wait until \(earliest)")
            }
            guard let ended = attempt.endedAt, let wait = ledger.waits[Int64(index) + 1] else { continue }
            earliest[attempt.run] = ended + wait
        }
    }

    /// 6 and 12. What is still open after weeks of calm waits for a gate that is closed, and for nothing else.
    private mutating func checkNothingIsForgotten() {
        for (index, run) in world.runs.enumerated() where run.isOpen {
            guard !world.assignments[run.assignment].isRemoved else { continue }
            switch run.place {
            case .ready(let notBefore, let startBy):
                let isLate = notBefore < world.now && (startBy.map { $0 > world.now } ?? true)
                if !(!isLate || run.parked.map { world.groups[$0].limit.most ?? 0 <= world.groups[$0].inUse } ?? false)
                {
                    ledger.add(
                        fault:
                            "run \(index + 1) of \(name(run.assignment)) is ready since \(notBefore), and nobody takes it"
                    )
                }
            case .held(let hold, let lookAt):
                let isPast = lookAt.map { $0 < world.now } ?? false
                if !(!isPast) {
                    ledger.add(
                        fault: "run \(index + 1) of \(name(run.assignment)) is held (\(hold)), and nobody looks at it")
                }
            case .leased, .waiting, .done: break
            }
        }
    }

    /// With what of the job decides about its runs.
    func name(_ assignment: Int) -> String {
        let (job, client) = (world.assignments[assignment].job, world.assignments[assignment].client.name)
        let across = job.rollout?.across == .clients ? ", across clients" : ""
        return "\(job.name)/\(client) (overlap \(job.overlap), catchUp \(job.catchUp)\(across))"
    }
}
