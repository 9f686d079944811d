import Model
import Recurrence

/// What a forecast needs to know beside the definitions: how things stand, and how long work took so far.
public struct ForecastFacts: Sendable {
    /// A job for a client.
    public struct Pair: Sendable, Hashable {
        public var job: String
        public var client: String

        public init(job: String, client: String) {
            self.job = job
            self.client = client
        }
    }

    /// A run that is not done.
    public struct Open: Sendable, Hashable {
        public var pair: Pair
        public var asset: String?
        public var lane: Lane
        public var due: Instant
        public var dueBy: Instant?
        public var ring: Int?
        public var overridesFreeze = false
        /// Nil is as the job says now.
        public var priority: Int?
        /// The groups in which it counts.
        public var limits: [RunLimit]?
        public var place: OpenRun.Place
        /// While it is held: before that it is not tried again.
        public var notBefore: Instant?
        /// Attempts that failed or timed out.
        public var failures = 0
        /// Why it is held, as planning said.
        public var why: String?
        /// When the attempt began that goes on.
        public var leasedAt: Instant?
        var assignment: Int64?
        var job: Int64 = 0
        var groups: [Int64] = []

        public init(
            pair: Pair, asset: String? = nil, lane: Lane = .proactive, due: Instant, dueBy: Instant? = nil,
            place: OpenRun.Place, leasedAt: Instant? = nil
        ) {
            self.pair = pair
            self.asset = asset
            self.lane = lane
            self.due = due
            self.dueBy = dueBy
            self.place = place
            self.leasedAt = leasedAt
        }
    }

    /// A client's part of a rollout, and how far the rollout has come.
    public struct Part: Sendable, Hashable {
        public var pair: Pair
        public var due: Instant
        /// The occurrence's local time by the rule; nil where it is no matter, the rollout being one client's.
        public var local: LocalTime?
        public var tally: RolloutTally
    }

    /// When a job last succeeded on an asset, or for a client as a whole.
    public struct Success: Sendable, Hashable {
        public var pair: Pair
        public var asset: String?
        public var at: Instant
    }

    /// The worst that is wrong on an asset, or at a client as a whole.
    public struct Found: Sendable, Hashable {
        public var client: String
        public var asset: String?
        public var finding: RequirementFacts.OpenFinding
    }

    /// The last run that failed for good since its job was last resumed, where that pauses it.
    public struct Failed: Sendable, Hashable {
        public var pair: Pair
        public var run: FailedRun
    }

    /// What nobody has resumed; the asset of one that is about an asset.
    public struct Paused: Sendable, Hashable {
        public var subject: PauseSubject
        public var pause: Pause

        public init(subject: PauseSubject, pause: Pause) {
            self.subject = subject
            self.pause = pause
        }
    }

    public var now: Instant
    /// In the order in which they are planned at one moment.
    public var planned: [WorldPlanned] = []
    /// The numbers of assets by their names.
    public var assets: [String: Int64] = [:]
    /// In the order in which they were made.
    public var open: [Open] = []
    /// Of rollouts of which something is open, or of which a client's part may still be to come.
    public var parts: [Part] = []
    /// How long the last runs of a job took that succeeded, by its name.
    public var durations: [String: Durations] = [:]
    public var successes: [Success] = []
    public var findings: [Found] = []
    public var failures: [Failed] = []
    public var paused: [Paused] = []
    /// Those in force.
    public var waivers: [Waiver] = []
    /// So many runs the workers of a queue that live do at once, by its name.
    public var slots: [String: Int] = [:]

    /// How long runs of a job took.
    public struct Durations: Sendable, Hashable {
        /// As a rule: the median.
        public var usual: Duration
        /// Nine of ten took no longer.
        public var slow: Duration

        public init(usual: Duration, slow: Duration) {
            self.usual = usual
            self.slow = slow
        }
    }

    public init(now: Instant) { self.now = now }
}
