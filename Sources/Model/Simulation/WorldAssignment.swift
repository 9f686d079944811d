import Recurrence

/// One job for one client in a world in memory.
public struct WorldAssignment: Sendable {
    public var client: Client
    /// What planning is given, but for the runs that are open: these are put in when it is looked at.
    public var state: AssignmentState
    /// When it is to be looked at; nil is not until something changes.
    public internal(set) var wakeAt: Instant?
    /// It is about to be planned, with others.
    var isTaken = false
    /// Nobody does this job for this client any more.
    public internal(set) var isRemoved = false
    /// Its job as it was applied, the last being the one that counts; its runs keep that with which they were made.
    var revisions: [WorldRevision] = []
    /// One of its runs has failed, which may stop others, and no scheduler has looked at that yet.
    var awaitsLook = false
    /// The numbers of its open runs in their order; those that are done meanwhile are taken out when it is looked at.
    var open: [Int64] = []
    /// Assignments that are to be looked at when a run of this one is done.
    var watchers: [Int] = []
    /// The assignments of the jobs that it requires, by their names; and when its own runs last succeeded, where others
    /// require it.
    var required: [String: Int] = [:]
    var isRequired = false
    var successes: [Int64?: Instant] = [:]
    /// The rollouts of its occurrences with open runs, by the moments that were due, and all of which it has planned a part.
    var rollouts: [Instant: Int] = [:]
    var plannedRollouts: Set<Int> = []
    /// Up to where a schedule that was changed since may have made what its own has, too; nil is nowhere.
    var madeThrough: Instant?
    /// Where its selector has a condition: the client's zone, and the day for which targets were last chosen.
    var conditionZone: Zone?
    var targetsOn: CivilDate?
    /// So often was it planned at the moment `plannedAt`.
    var plans = 0
    var plannedAt: Instant?

    public init(client: Client, state: AssignmentState) {
        self.client = client
        self.state = state
    }

    public var job: Job {
        _read { yield state.job }
    }
}

/// A job as it was applied, for what its runs keep of it.
struct WorldRevision: Sendable {
    var job: Job
    /// The place of its queue in the world's list.
    var queue: Int
}
