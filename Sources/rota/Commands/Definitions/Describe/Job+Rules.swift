import Model
import Store

extension Job {
    /// What of a job decides when and how its runs go, under the names that its manifest has for it: whatever is set.
    var rules: [(name: String, text: String?)] {
        [
            ("spread", schedule.spread?.description), ("catchUp", catchUp.rawValue), ("overlap", overlap.rawValue),
            ("atOnce", atOnce?.description), ("exclusive", exclusive?.description),
            ("repeatable", repeatable?.description), ("rollout", rollout?.inWords),
            ("requires", requires?.map(\.inWords).joined(separator: "; ")), ("whenOffline", whenOffline?.rawValue),
            ("pauseOnFailure", pauseOnFailure?.description),
        ]
    }
}

extension Rollout {
    /// `ring 1 (ring=canary), soak 24h; ring 2 (the rest); atOnce 10%; stopAfter 2`
    fileprivate var inWords: String {
        var rings = (rings ?? []).enumerated().map { place, ring in
            name(ofRing: place) + (ring.soak.map { ", soak \($0)" } ?? "")
        }
        if let last = self.rings?.last, !last.match.isEmpty { rings.append(name(ofRing: rings.count)) }
        let limits = [
            atOnce.map { "atOnce \($0)" }, stopAfter.map { "stopAfter \($0)" }, apart.map { "apart \($0)" },
            across.map { "across \($0.rawValue)" },
        ]
        return (rings + limits.compactMap { $0 }).joined(separator: "; ")
    }
}

extension Requirement {
    fileprivate var inWords: String {
        switch self {
        case .succeeded(let job, let within): "job \(job) succeeded \(within)"
        case .noFinding(let severity): "noFinding \(severity.rawValue)"
        case .file(let path): "file \(path)"
        case .exec(let command, let timeout): "exec \(command.joined(separator: " ")) (timeout \(timeout))"
        }
    }
}

extension DescribedFacts {
    /// Whether a pause holds runs of a job: all of them, or those at a client or with a label of theirs. One of an asset does where
    /// it names the job too.
    func covers(_ subject: PauseSubject, _ job: Job, _ assignments: [ListedAssignment]) -> Bool {
        let clients = assignments.compactMap { catalogue.clients[$0.client] }
        if subject.job == job.name {
            return subject.client.map { name in clients.contains { $0.name == name } } ?? true
        }
        return clients.contains { subject.holds(job, on: RunSubject(client: $0, asset: nil)) }
    }
}
