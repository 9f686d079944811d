import Recurrence

/// Where planning puts a run.
public enum Placement: Hashable, Sendable {
    /// `why` is for an operator; `lookAt` is when it is worth looking again (nil: only after a change).
    case held(Hold, why: String, lookAt: Instant?)
    case ready(notBefore: Instant, startBy: Instant?)
    /// A task that waits for this person or group.
    case waiting(assignee: String, checklist: [String])
    case done(RunState, reason: String)

    var isDone: Bool {
        if case .done = self { true } else { false }
    }

    /// Nothing comes of it: what is going is not ended for it.
    var isGivenUp: Bool {
        if case .done(let state, _) = self { state != .succeeded } else { false }
    }
}

/// A run to be made for one target; nil is the client as a whole.
public struct PlannedRun: Hashable, Sendable {
    public var target: Int64?
    public var placement: Placement
    /// The groups in which it counts, by their keys.
    public var limits: [RunLimit]
    /// The place of its ring, from 0; nil where its job's rollout is not watched.
    public var ring: Int?

    public init(target: Int64?, placement: Placement, limits: [RunLimit] = [], ring: Int? = nil) {
        self.target = target
        self.placement = placement
        self.limits = limits
        self.ring = ring
    }
}

/// A due moment of an assignment, with a run for each target.
public struct PlannedOccurrence: Hashable, Sendable {
    public var due: Instant
    /// The local time that the rule named, in `zone`.
    public var local: LocalTime
    public var zone: String
    /// After it the work is overdue; nil where the schedule ends and no `within` is given.
    public var dueBy: Instant?
    public var runs: [PlannedRun]

    public init(due: Instant, local: LocalTime, zone: String, dueBy: Instant?, runs: [PlannedRun]) {
        self.due = due
        self.local = local
        self.zone = zone
        self.dueBy = dueBy
        self.runs = runs
    }
}

/// A run that goes from where it stands to another place.
public struct Move: Hashable, Sendable {
    public var run: OpenRun
    public var to: Placement

    public init(run: OpenRun, to: Placement) {
        self.run = run
        self.to = to
    }
}

/// A rollout that is stopped, until a person decides.
public struct RolloutHalt: Hashable, Sendable {
    /// The occurrence's moment.
    public var due: Instant
    public var why: String

    public init(due: Instant, why: String) {
        self.due = due
        self.why = why
    }
}

/// A run that somebody is at, and that is to be ended.
public struct RunToEnd: Hashable, Sendable {
    public var run: OpenRun
    public var reason: String

    public init(run: OpenRun, reason: String) {
        self.run = run
        self.reason = reason
    }

    static func reason(replacedBy due: Instant) -> String { "replaced by the one that was due at \(due)" }
}

/// What a scheduler writes after it has looked at an assignment.
public struct Plan: Hashable, Sendable {
    public var occurrences: [PlannedOccurrence]
    public var moves: [Move]
    /// Every due moment up to here has its occurrence.
    public var plannedThrough: Instant
    /// When to look again; nil is never, unless something changes.
    public var wakeAt: Instant?
    public var halts: [RolloutHalt]
    public var ends: [RunToEnd]
    /// Why the job is to be paused at this client until a person resumes it; nil is not at all.
    public var pause: String?

    public init(
        occurrences: [PlannedOccurrence], moves: [Move], plannedThrough: Instant, wakeAt: Instant?,
        halts: [RolloutHalt] = [], ends: [RunToEnd] = [], pause: String? = nil
    ) {
        self.occurrences = occurrences
        self.moves = moves
        self.plannedThrough = plannedThrough
        self.wakeAt = wakeAt
        self.halts = halts
        self.ends = ends
        self.pause = pause
    }
}
