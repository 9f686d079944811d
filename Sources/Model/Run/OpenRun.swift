import Recurrence

/// A run that is not done, as far as planning needs to know it.
public struct OpenRun: Hashable, Sendable {
    /// Where it stands, with what is kept there.
    public enum Place: Hashable, Sendable {
        case held(Hold, lookAt: Instant?)
        case ready(notBefore: Instant, startBy: Instant?)
        case leased
        /// `repeatAt`: when a reminder that nobody acknowledged is sent again.
        case waiting(repeatAt: Instant?)

        public var state: RunState {
            switch self {
            case .held: .held
            case .ready: .ready
            case .leased: .leased
            case .waiting: .waiting
            }
        }
    }

    public var id: Int64
    /// The asset's number; nil is the client as a whole.
    public var target: Int64?
    public var lane: Lane
    public var due: Instant
    public var place: Place
    /// The place of its ring, from 0; nil where it is in none, or may start as far as rings go.
    public var ring: Int?
    /// Whether a person wants it in spite of freezes and excepted days.
    public var overridesFreeze: Bool
    /// Before that it is not tried again, whatever holds it meanwhile; nil where it does not wait for a time. Of a run that is
    /// ready its place says it.
    public var notBefore: Instant?
    /// Attempts that failed or timed out; those that were lost or handed back do not count.
    public var failures: Int

    public init(
        id: Int64, target: Int64?, lane: Lane, due: Instant, place: Place, ring: Int? = nil,
        overridesFreeze: Bool = false, notBefore: Instant? = nil, failures: Int = 0
    ) {
        self.id = id
        self.target = target
        self.lane = lane
        self.due = due
        self.place = place
        self.ring = ring
        self.overridesFreeze = overridesFreeze
        self.notBefore = notBefore
        self.failures = failures
    }

    /// Whether it is over once a later one is due: nobody is at it, and nobody asked for it by hand.
    public var givesWay: Bool {
        if case .held(.unknown, _) = place { return false }
        return lane == .proactive && !isGoing
    }

    /// Whether it was made ahead of its time, and not looked at since that has come: until then whatever holds it has it looked at
    /// when it is due, and afterwards only later.
    var isAhead: Bool {
        guard lane == .proactive, case .held(_, let lookAt?) = place else { return false }
        return lookAt <= due
    }

    /// Somebody is at work on it.
    public var isGoing: Bool {
        switch place {
        case .leased, .waiting: true
        case .held, .ready: false
        }
    }

    /// What becomes of it where it gives way. It has failed where it was tried in vain: then it counts as every other that fails.
    func outcome(givingWayTo next: Instant) -> Placement {
        guard failures > 0 else { return .done(.missed, reason: "not done before the next was due at \(next)") }
        let times = failures == 1 ? "once" : "\(failures) times"
        return .done(.failed, reason: "failed \(times), and not tried again before the next was due at \(next)")
    }
}
