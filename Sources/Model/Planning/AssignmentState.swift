import Recurrence

/// All that planning needs to know of one job for one client.
public struct AssignmentState: Sendable {
    public var job: Job
    /// The job's schedule, laid onto the client's zone.
    public var schedule: Schedule
    /// The job's window for this client; nil is at any time.
    public var window: Window?
    /// The last pause that nobody has ended, active or not.
    public var pause: Pause?
    public var plannedThrough: Instant
    /// The numbers of the assets that the job's selector matches now; `[nil]` is the client as a whole.
    public var targets: [Int64?]
    /// The client's assets, where the job's task reviews them; empty otherwise.
    public var reviewable: [Asset]
    public var open: [OpenRun]
    /// The client, and its targets by their numbers, where runs of the job may have limits; nil and empty otherwise.
    public var client: Client?
    public var assets: [Int64: Asset]

    public init(
        job: Job, schedule: Schedule, window: Window? = nil, pause: Pause? = nil, plannedThrough: Instant,
        targets: [Int64?], reviewable: [Asset] = [], open: [OpenRun] = [], client: Client? = nil,
        assets: [Int64: Asset] = [:]
    ) {
        self.job = job
        self.schedule = schedule
        self.window = window
        self.pause = pause
        self.plannedThrough = plannedThrough
        self.targets = targets
        self.reviewable = reviewable
        self.open = open
        self.client = client
        self.assets = assets
    }
}
