import Recurrence

/// Something wrong in a world.
public struct WorldFinding: Hashable, Sendable {
    /// The place of the assignment that found it; nil where it was found before this world began, and stays.
    public var assignment: Int?
    public var key: String
    public var open: RequirementFacts.OpenFinding
}

extension World {
    /// The worst that is wrong on a client's target when this world begins, for as long as it goes on.
    public mutating func found(_ finding: RequirementFacts.OpenFinding, for client: String, on target: Int64?) {
        findings[client, default: [:]][target, default: []].append(WorldFinding(key: "", open: finding))
    }

    /// What is wrong on a run's target and keeps it from starting; nil is nothing.
    public func finding(against run: Int64) -> RequirementFacts.OpenFinding? {
        let run = runs[Int(run) - 1]
        let assignment = assignments[run.assignment]
        guard let worst = findings[assignment.client.name]?[run.target].flatMap(worst) else { return nil }
        let isAgainst = (assignment.job.requires ?? []).contains { requirement in
            if case .noFinding(let severity) = requirement { worst.severity.rank >= severity.rank } else { false }
        }
        return isAgainst ? worst : nil
    }

    /// The worst on each target of a client.
    func worstFindings(of client: String) -> [Int64?: RequirementFacts.OpenFinding] {
        (findings[client] ?? [:]).compactMapValues(worst)
    }

    private func worst(_ findings: [WorldFinding]) -> RequirementFacts.OpenFinding? {
        findings.map(\.open).min { ($1.severity.rank, $0.since) < ($0.severity.rank, $1.since) }
    }

    /// Takes in what a run found: what its job found there before, and does not now, is mended.
    mutating func note(_ found: [Finding], by run: WorldRun) {
        let client = assignments[run.assignment].client.name
        var known = findings[client]?[run.target] ?? []
        let before = known.count
        known.removeAll { one in one.assignment == run.assignment && !found.contains { $0.key == one.key } }
        let isMended = known.count < before
        var isFound = false
        for finding in Finding.gravest(of: found) {
            let place = known.firstIndex { $0.assignment == run.assignment && $0.key == finding.key }
            if let place {
                isFound = isFound || known[place].open.severity != finding.severity
                known[place].open.severity = finding.severity
                known[place].open.text = finding.text
            } else {
                isFound = true
                let open = RequirementFacts.OpenFinding(
                    job: assignments[run.assignment].job.name, severity: finding.severity, text: finding.text,
                    since: now)
                known.append(WorldFinding(assignment: run.assignment, key: finding.key, open: open))
            }
        }
        findings[client, default: [:]][run.target] = known.isEmpty ? nil : known
        if isFound || isMended { tellCareful(of: client, isFound: isFound) }
    }

    /// Jobs of a client that need that nothing is wrong are looked at. Where something is found, nobody takes another of their
    /// runs before that.
    private mutating func tellCareful(of client: String, isFound: Bool) {
        for number in assignments.indices
        where assignments[number].client.name == client && !assignments[number].isRemoved
            && assignments[number].job.requiresNoFinding
        {
            if isFound { assignments[number].awaitsLook = true }
            wake(number)
        }
    }
}
