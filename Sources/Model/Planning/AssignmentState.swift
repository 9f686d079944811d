import Recurrence

/// All that planning needs to know of one job for one client.
public struct AssignmentState: Sendable {
    public var job: Job
    /// The job's schedule, laid onto the client's zone.
    public var schedule: Schedule
    /// The job's window for this client; nil is at any time.
    public var window: Window?
    /// The window as it would be without excepted days and freezes, for runs that a person wants in spite of these.
    public var unfrozenWindow: Window?
    /// Whether the window ends what is still going when it closes.
    public var windowStops: Bool
    /// Pauses that are active, and those that ended since it was to be looked at first: what was due meanwhile is skipped.
    public var pauses: [Pause]
    public var plannedThrough: Instant
    /// The numbers of the assets that the job's selector matches now; `[nil]` is the client as a whole.
    public var targets: [Int64?]
    /// Where these are a part of its targets, what is to be known of all; nil where they are all.
    public var whole: WholeFleet?
    /// The client's assets, where the job's task reviews them; empty otherwise.
    public var reviewable: [Asset]
    public var open: [OpenRun]
    /// The client, where `needsClient` asks for it; nil otherwise.
    public var client: Client?
    /// The targets by their numbers, where `Job.looksAtAssets` or a pause asks for them; empty otherwise.
    public var assets: [Int64: Asset]
    /// What has become of occurrences with open runs, by the moment that was due, where the job's rollout is watched.
    public var rollouts: [Instant: RolloutTally]
    /// What is known about that which the job requires.
    public var facts: RequirementFacts
    /// How many targets the job has over all clients, where its rollout goes over them; nil otherwise.
    public var targetsOfAllClients: Int?
    /// The last run that failed for good since the job was last resumed, where that is to pause it.
    public var failure: FailedRun?
    /// Whether a worker is there that could take its runs; only asked where `whenOffline: skip` makes a difference.
    public var hasWorker: Bool

    public init(
        job: Job, schedule: Schedule, window: Window? = nil, unfrozenWindow: Window? = nil,
        windowStops: Bool = false, pauses: [Pause] = [], plannedThrough: Instant, targets: [Int64?],
        whole: WholeFleet? = nil, reviewable: [Asset] = [], open: [OpenRun] = [],
        client: Client? = nil, assets: [Int64: Asset] = [:], rollouts: [Instant: RolloutTally] = [:],
        facts: RequirementFacts = RequirementFacts(), targetsOfAllClients: Int? = nil, failure: FailedRun? = nil,
        hasWorker: Bool = true
    ) {
        self.job = job
        self.schedule = schedule
        self.window = window
        self.unfrozenWindow = unfrozenWindow
        self.windowStops = windowStops
        self.pauses = pauses
        self.plannedThrough = plannedThrough
        self.targets = targets
        self.whole = whole
        self.reviewable = reviewable
        self.open = open
        self.client = client
        self.assets = assets
        self.rollouts = rollouts
        self.facts = facts
        self.targetsOfAllClients = targetsOfAllClients
        self.failure = failure
        self.hasWorker = hasWorker
    }
}

/// A run that failed after its last attempt.
public struct FailedRun: Hashable, Sendable {
    public var id: Int64
    public var reason: String?

    public init(id: Int64, reason: String?) {
        self.id = id
        self.reason = reason
    }
}

extension Job {
    /// Whether planning has to know what its targets are, and not only their numbers.
    public var looksAtAssets: Bool {
        exclusive == true || rollout?.apart != nil || rollout?.rings != nil || schedule.spread != nil
    }

    /// Whether what becomes of some of its runs decides about others of them.
    public var watchesItself: Bool {
        rollout?.isWatched == true || overlap == .queue || overlap == .replace || catchUp == .all
            || pauseOnFailure == true || (isTask && lead != nil)
    }

    /// The jobs whose successes its runs need.
    public var requiredJobs: [String] {
        (requires ?? []).compactMap { if case .succeeded(let job, _) = $0 { job } else { nil } }
    }

    /// Whether its runs need that nothing is wrong on their targets.
    public var requiresNoFinding: Bool {
        (requires ?? []).contains { if case .noFinding = $0 { true } else { false } }
    }
}
