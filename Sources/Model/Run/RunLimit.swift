import Recurrence

/// A group of runs, of which only so many may be at work at once.
public struct RunLimit: Hashable, Sendable {
    /// What the group is: `exclusive/asset`, `apart/client/label=value`, `occurrence/job/client/moment`, `job/name`,
    /// `client/name`.
    public var key: String
    /// At least 1; nil is as many as there are.
    public var most: Int?

    public init(key: String, most: Int?) {
        self.key = key
        self.most = most
    }

    /// The group of all runs of a job.
    public static func job(_ name: String, most: Int?) -> RunLimit { RunLimit(key: "job/\(name)", most: most) }

    /// The group of all runs for a client.
    public static func client(_ name: String, most: Int?) -> RunLimit { RunLimit(key: "client/\(name)", most: most) }
}

extension RunLimit {
    /// What a group is about.
    public enum Subject: Hashable, Sendable {
        case exclusive(asset: String)
        /// `label=value`.
        case apart(String)
        case occurrence
        case job(String)
        case client(String)
    }

    /// Of a key that `Job.limits` made.
    public var subject: Subject {
        let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        switch parts.first {
        case "exclusive": return .exclusive(asset: rest)
        case "apart": return .apart(rest.split(separator: "/", maxSplits: 1).last.map(String.init) ?? rest)
        case "job": return .job(rest)
        case "client": return .client(rest)
        default: return .occurrence
        }
    }
}

/// What of a run decides in which groups it counts.
public struct RunSubject: Sendable, Hashable {
    public var client: Client
    /// Nil is the client as a whole.
    public var asset: Asset?

    /// The client's labels, and the asset's, which go before.
    public var labels: [String: String] {
        guard let asset else { return client.labels }
        return client.labels.merging(asset.labels) { _, own in own }
    }

    public init(client: Client, asset: Asset?) {
        self.client = client
        self.asset = asset
    }
}

/// The runs that an occurrence's `atOnce` counts together.
public struct OccurrenceScope: Hashable, Sendable {
    /// `job/client/moment`, or `job/*/local time` over all clients.
    public var name: String
    /// How many are planned.
    public var runs: Int

    public init(name: String, runs: Int) {
        self.name = name
        self.runs = runs
    }
}

extension Job {
    /// The groups in which a run of this job counts, in the order of their keys.
    ///
    /// - Parameter occurrence: nil where somebody asked for the run, which is no part of an occurrence.
    public func limits(of subject: RunSubject, occurrence: OccurrenceScope?) -> [RunLimit] {
        var limits: [RunLimit] = []
        if let atOnce { limits.append(.job(name, most: atOnce)) }
        if let most = subject.client.atOnce { limits.append(.client(subject.client.name, most: most)) }
        if exclusive == true, let asset = subject.asset {
            limits.append(RunLimit(key: "exclusive/\(asset.name)", most: 1))
        }
        if let label = rollout?.apart, let value = subject.asset?.labels[label] {
            limits.append(RunLimit(key: "apart/\(subject.client.name)/\(label)=\(value)", most: 1))
        }
        if let atOnce = rollout?.atOnce, let occurrence {
            limits.append(RunLimit(key: "occurrence/\(occurrence.name)", most: atOnce.count(of: occurrence.runs)))
        }
        return limits.sorted { $0.key < $1.key }
    }

    /// Whether a run of this job has limits at all, whatever its target and client.
    public var mayHaveLimits: Bool { atOnce != nil || exclusive == true || rollout != nil }
}
