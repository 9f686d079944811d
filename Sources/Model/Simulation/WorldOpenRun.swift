import Recurrence

/// A run that was made before a world began, as it then stands.
public struct WorldOpenRun: Hashable, Sendable {
    /// The asset's number; nil is the client as a whole.
    public var target: Int64?
    public var lane: Lane
    public var due: Instant
    /// After it the work is overdue; nil where nothing says so.
    public var dueBy: Instant?
    public var place: OpenRun.Place
    /// The place of its ring, from 0; nil where its rollout was not watched.
    public var ring: Int?
    /// Whether a person wants it in spite of freezes and excepted days.
    public var overridesFreeze = false
    /// While it is held: before that it is not tried again.
    public var notBefore: Instant?
    /// Attempts that failed or timed out.
    public var failures = 0
    /// 0 … 100, its job's when it was made; nil is as the job says now.
    public var priority: Int?
    /// The groups in which it counts; nil is as the definitions say now.
    public var limits: [RunLimit]?
    /// When its attempt began, or a person had it.
    public var startedAt: Instant?
    /// When the attempt that goes on will end; at once where that has passed. Nil is at once.
    public var endsAt: Instant?

    public init(
        target: Int64?, lane: Lane = .proactive, due: Instant, dueBy: Instant? = nil, place: OpenRun.Place,
        ring: Int? = nil
    ) {
        self.target = target
        self.lane = lane
        self.due = due
        self.dueBy = dueBy
        self.place = place
        self.ring = ring
    }
}
