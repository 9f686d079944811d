import Recurrence

@testable import Model

/// What was found wrong, told from what workers said alone.
extension Drill {
    /// Takes in what an attempt found that has ended just now.
    mutating func noteFindings(_ number: Int64) {
        let attempt = world.attempts[Int(number) - 1]
        guard attempt.ended != .lost, attempt.ended != .cancelled, case .says(let outcome) = attempt.ending,
            let found = outcome.findings
        else { return }
        let run = world.runs[Int(attempt.run) - 1]
        let finder = "\(run.assignment)/"
        let known = ledger.wrong[place(of: run)] ?? [:]
        var wrong = known.filter { !$0.key.hasPrefix(finder) }
        for finding in found.sorted(by: { $0.severity.rank < $1.severity.rank }) {
            wrong[finder + finding.key] = finding.severity
        }
        if known.keys.contains(where: { wrong[$0] == nil }) { ledger.rare.saw(.foundMended) }
        ledger.wrong[place(of: run)] = wrong
    }

    /// Nothing starts where something is wrong that its job must not find.
    mutating func checkNothingIsWrong(_ attempt: WorldAttempt) {
        let run = world.runs[Int(attempt.run) - 1]
        guard !world.assignments[run.assignment].isRemoved else { return }
        for case .noFinding(let severity) in world.assignments[run.assignment].job.requires ?? [] {
            let worst = (ledger.wrong[place(of: run)] ?? [:]).values.map(\.rank).max() ?? -1
            expect(worst < severity.rank) { drill in
                "run \(attempt.run) of \(drill.name(run.assignment)) starts at \(attempt.startedAt) on what is broken"
            }
        }
    }

    mutating func noteHeld(_ number: Int64, _ from: WorldRun.Place?, _ placement: Placement) {
        let isCareful = world.assignments[world.runs[Int(number) - 1].assignment].job.requiresNoFinding
        switch (from, placement) {
        case (.ready, .held(.requires, let why, _)) where why.contains("has found"): ledger.rare.saw(.foundHeldReady)
        case (_, .held(.requires, let why, _)) where why.contains("has found"): ledger.rare.saw(.foundHeld)
        case (.held(.requires, _), .ready) where isCareful: ledger.rare.saw(.letGoByMending)
        default: break
        }
    }

    /// What is open in the world at its end.
    var findings: [String] {
        world.findings.flatMap { client, targets in
            targets.flatMap { target, findings in
                findings.map { finding in
                    let job = finding.open.job
                    let asset = target.map { "a\($0)" } ?? "-"
                    return "\(job) \(client) \(asset) \(finding.key) \(finding.open.severity) \(finding.open.since)"
                }
            }
        }
    }

    private func place(of run: WorldRun) -> String {
        "\(world.assignments[run.assignment].client.name)/\(run.target ?? 0)"
    }
}
