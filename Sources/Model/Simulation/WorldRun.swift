import Recurrence

/// A run of a world in memory. Its number is its place in the list of all runs, counted from 1.
public struct WorldRun: Sendable {
    /// Where it stands.
    public enum Place: Hashable, Sendable {
        case held(Hold, lookAt: Instant?)
        case ready(notBefore: Instant, startBy: Instant?)
        case leased(attempt: Int64)
        case waiting(repeatAt: Instant?)
        case done(RunState, at: Instant)
    }

    /// The place of its assignment in the world's list.
    public var assignment: Int
    /// The asset's number; nil is the client as a whole.
    public var target: Int64?
    public var lane: Lane
    public var due: Instant
    /// After it the work is overdue; nil where nothing says so.
    public var dueBy: Instant?
    public var place: Place
    /// The ring of its rollout, counted from 0; and the rollout's place in the world's list, where that is watched.
    public var ring = 0
    var rollout: Int?
    /// Whether a person wants it in spite of freezes and excepted days.
    var overridesFreeze = false
    /// Its job's when it was made; nil is as the job says now.
    var priority: Int16?
    /// Its attempt has been asked to end.
    var isToEnd = false
    /// Its groups, as places in the world's list.
    var limits: [Int]
    /// The group that was full when it was to start; it starts once that has room.
    public internal(set) var parked: Int?
    /// While it is held: before that it is not tried again.
    var notBefore: Instant?
    /// The last start that planning gave it; kept for a further attempt.
    var startBy: Instant?
    /// When its first attempt began; for a task, when a person had it.
    public internal(set) var startedAt: Instant?
    /// Attempts that failed or timed out, and such as were lost.
    public internal(set) var failures = 0
    public internal(set) var losses = 0
    /// Attempts that began, those included that were handed back.
    public internal(set) var attempts = 0
    /// Grows with each change of place, so that what was put down for an earlier one is known to be past.
    var version: Int32 = 0
    /// The place of its job's revision in its assignment's list.
    var revision: Int32 = 0

    public init(
        assignment: Int, target: Int64?, lane: Lane = .proactive, due: Instant, dueBy: Instant?, place: Place
    ) {
        self.assignment = assignment
        self.target = target
        self.lane = lane
        self.due = due
        self.dueBy = dueBy
        self.place = place
        limits = []
    }

    public var isOpen: Bool {
        if case .done = place { false } else { true }
    }

    /// Nil where it is done.
    func open(number: Int64) -> OpenRun? {
        let open: OpenRun.Place
        switch place {
        case .held(let hold, let lookAt): open = .held(hold, lookAt: lookAt)
        case .ready(let notBefore, let startBy): open = .ready(notBefore: notBefore, startBy: startBy)
        case .leased: open = .leased
        case .waiting(let repeatAt): open = .waiting(repeatAt: repeatAt)
        case .done: return nil
        }
        return OpenRun(
            id: number, target: target, lane: lane, due: due, place: open, ring: rollout == nil ? nil : ring,
            overridesFreeze: overridesFreeze, notBefore: notBefore, failures: failures)
    }
}

/// A lease of a run in a world in memory. Its number is the token, and its place in the list of all attempts from 1.
public struct WorldAttempt: Hashable, Sendable {
    public var run: Int64
    /// Which of the run's attempts it is, from 1.
    public var number: Int
    public var startedAt: Instant
    /// Nil while it goes on.
    public var endedAt: Instant?
    public var ended: AttemptEnd?
    var ending: Work.Ending
    /// From then on its worker hears nothing: it has vanished, or stands still; nil where it always hears.
    var deafFrom: Instant?
}
