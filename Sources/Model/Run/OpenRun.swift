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

    public init(
        id: Int64, target: Int64?, lane: Lane, due: Instant, place: Place, ring: Int? = nil,
        overridesFreeze: Bool = false, notBefore: Instant? = nil
    ) {
        self.id = id
        self.target = target
        self.lane = lane
        self.due = due
        self.place = place
        self.ring = ring
        self.overridesFreeze = overridesFreeze
        self.notBefore = notBefore
    }

    /// Whether it is missed once a later one is due: it was never started, and nobody asked for it by hand.
    public var givesWay: Bool {
        if case .held(.unknown, _) = place { return false }
        return lane == .proactive && !isGoing
    }

    /// Somebody is at work on it.
    public var isGoing: Bool {
        switch place {
        case .leased, .waiting: true
        case .held, .ready: false
        }
    }
}
