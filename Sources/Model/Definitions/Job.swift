import Recurrence

/// Recurring work, as its manifest defines it. Every change makes a new revision.
public struct Job: Codable, Hashable, Sendable {
    /// What happens to occurrences that passed while nobody planned.
    public enum CatchUp: String, Codable, Sendable {
        /// Only the last of them is run; those before are missed.
        case latest
    }

    /// What happens when a run is due while the last one on that target is still going.
    public enum Overlap: String, Codable, Sendable {
        /// The new one is skipped.
        case skip
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
    public var action: Action

    /// Whether a run whose end is not known is done again.
    public var isRepeatable: Bool { repeatable ?? true }

    public init(
        name: String, summary: String? = nil, labels: [String: String] = [:], clients: ClientSelector = .all,
        schedule: ScheduleRule, window: String? = nil, targets: TargetSelector? = nil, within: Span? = nil,
        lead: Span? = nil, catchUp: CatchUp = .latest, overlap: Overlap = .skip, priority: Int = 50,
        queue: String = "default", retry: RetryPolicy = RetryPolicy(), atOnce: Int? = nil, exclusive: Bool? = nil,
        repeatable: Bool? = nil, rollout: Rollout? = nil, action: Action
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
        self.action = action
    }
}
