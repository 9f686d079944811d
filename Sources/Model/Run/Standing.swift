import Recurrence

/// Where a run stands, with what an operator needs to know of that place.
public enum Standing: Hashable, Sendable {
    /// `why` is a sentence of the scheduler's; nil `lookAt` is only after a change.
    case held(Hold, why: String, since: Instant, lookAt: Instant?)
    case ready(since: Instant, notBefore: Instant, startBy: Instant?)
    case leased(worker: String, since: Instant, cancelAsked: Bool)
    /// `assignee` is nil for a reminder, which waits to be acknowledged and is repeated at `repeatAt`.
    case waiting(assignee: String?, since: Instant, repeatAt: Instant?)
    case done(RunState, at: Instant, reason: String?, actor: String?)

    public var state: RunState {
        switch self {
        case .held: .held
        case .ready: .ready
        case .leased: .leased
        case .waiting: .waiting
        case .done(let state, _, _, _): state
        }
    }

    /// Since when it stands there.
    public var since: Instant {
        switch self {
        case .held(_, _, let since, _), .ready(let since, _, _), .leased(_, let since, _), .waiting(_, let since, _):
            since
        case .done(_, let at, _, _): at
        }
    }
}
