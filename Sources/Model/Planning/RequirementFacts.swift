import Recurrence

/// What is known about that which a job requires, by the numbers of targets; nil is the client as a whole.
public struct RequirementFacts: Hashable, Sendable {
    /// What is wrong on a target.
    public struct OpenFinding: Hashable, Sendable {
        public var job: String
        public var severity: Finding.Severity
        public var text: String
        public var since: Instant

        public init(job: String, severity: Finding.Severity, text: String, since: Instant) {
            self.job = job
            self.severity = severity
            self.text = text
            self.since = since
        }
    }

    /// When required jobs last succeeded, by their names.
    public var successes: [String: [Int64?: Instant]]
    /// The worst open finding.
    public var findings: [Int64?: OpenFinding]

    public init(successes: [String: [Int64?: Instant]] = [:], findings: [Int64?: OpenFinding] = [:]) {
        self.successes = successes
        self.findings = findings
    }
}

extension Finding.Severity {
    /// 0 … 2, more is worse.
    public var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}

/// Whether a requirement holds.
enum RequirementAnswer: Hashable {
    /// Until then; nil is as long as nothing happens.
    case holds(until: Instant?)
    case lacks(why: String)
}

extension Requirement {
    /// For a run on a target; what a worker looks at always holds here.
    func answer(on target: Int64?, _ facts: RequirementFacts, now: Instant) -> RequirementAnswer {
        switch self {
        case .succeeded(let job, let within):
            let known = facts.successes[job]
            guard let last = known?[target] ?? known?[nil] else {
                return .lacks(why: "\(job) has never succeeded here; it must have in the last \(within)")
            }
            let until = last + within.elapsed
            return until > now
                ? .holds(until: until)
                : .lacks(why: "\(job) must have succeeded in the last \(within), and last did at \(last.toSecond)")
        case .noFinding(let severity):
            guard let worst = facts.findings[target], worst.severity.rank >= severity.rank else {
                return .holds(until: nil)
            }
            return .lacks(
                why: "\(worst.job) has found something \(worst.severity.rawValue) since \(worst.since.toSecond): "
                    + worst.text)
        case .file, .exec:
            return .holds(until: nil)
        }
    }
}
