import Recurrence

/// Recurring work, as its manifest defines it. Every change makes a new revision.
public struct Job: Codable, Hashable, Sendable {
    /// What happens to occurrences that passed while nobody planned.
    public enum CatchUp: String, Codable, Sendable {
        /// Only the last of them is run; those before are missed.
        case latest
        /// Each of them is run, one after the other on a target; the last hundred at most.
        case all
        /// None of them is run.
        case none
    }

    /// What happens when a run is due while the last one on that target is still going.
    public enum Overlap: String, Codable, Sendable {
        /// The new one is skipped.
        case skip
        /// The new one waits until the last is over.
        case queue
        /// Both go.
        case allow
        /// The last one is ended, and the new one goes when it is over.
        case replace
    }

    /// What becomes of a run whose target was not there.
    public enum WhenOffline: String, Codable, Sendable {
        /// It is skipped.
        case skip
        /// It goes again when its window opens the next time.
        case nextWindow
        /// It is tried again every quarter of an hour, as long as its window is open.
        case asap
    }

    public var name: String
    public var summary: String?
    public var labels: [String: String]
    public var clients: ClientSelector
    public var schedule: ScheduleRule
    /// The name of the window in which runs may start; nil is at any time.
    public var window: String?
    /// Nil is one run for the client as a whole.
    public var targets: TargetSelector?
    /// How long after it is due the work may still succeed in time; nil is one period of the schedule.
    public var within: Span?
    /// How long before it is due a run is made.
    public var lead: Span?
    public var catchUp: CatchUp
    public var overlap: Overlap
    /// 0 … 100, more is sooner; 50 unless it is said.
    public var priority: Int
    public var queue: String
    public var retry: RetryPolicy
    /// So many of its runs are at work at once, over all clients; nil is all.
    public var atOnce: Int?
    /// Whether no two runs of exclusive jobs are at work on an asset at once; nil is no.
    public var exclusive: Bool?
    /// False where a run whose end is not known is never done again by itself; nil is true.
    public var repeatable: Bool?
    public var rollout: Rollout?
    /// All of them must hold when a run starts; nil is nothing.
    public var requires: [Requirement]?
    /// What becomes of a run whose target is not there; nil is a failure like another.
    public var whenOffline: WhenOffline?
    /// Whether the job is paused at a client once a run of it there has failed for good; nil is no.
    public var pauseOnFailure: Bool?
    public var action: Action

    /// Whether a run whose end is not known is done again.
    public var isRepeatable: Bool { repeatable ?? true }

    public init(
        name: String, summary: String? = nil, labels: [String: String] = [:], clients: ClientSelector = .all,
        schedule: ScheduleRule, window: String? = nil, targets: TargetSelector? = nil, within: Span? = nil,
        lead: Span? = nil, catchUp: CatchUp = .latest, overlap: Overlap = .skip, priority: Int = 50,
        queue: String = "default", retry: RetryPolicy = RetryPolicy(), atOnce: Int? = nil, exclusive: Bool? = nil,
        repeatable: Bool? = nil, rollout: Rollout? = nil, requires: [Requirement]? = nil,
        whenOffline: WhenOffline? = nil, pauseOnFailure: Bool? = nil, action: Action
    ) {
        self.name = name
        self.summary = summary
        self.labels = labels
        self.clients = clients
        self.schedule = schedule
        self.window = window
        self.targets = targets
        self.within = within
        self.lead = lead
        self.catchUp = catchUp
        self.overlap = overlap
        self.priority = priority
        self.queue = queue
        self.retry = retry
        self.atOnce = atOnce
        self.exclusive = exclusive
        self.repeatable = repeatable
        self.rollout = rollout
        self.requires = requires
        self.whenOffline = whenOffline
        self.pauseOnFailure = pauseOnFailure
        self.action = action
    }
}
