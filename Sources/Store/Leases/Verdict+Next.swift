import Model

extension Verdict {
    /// Where the run goes.
    var nextState: RunState {
        switch self {
        case .finish(let state): state
        case .retry: .ready
        case .wait: .waiting
        case .hold: .held
        }
    }

    /// After how long it is looked at again.
    var again: Duration? {
        switch self {
        case .finish, .hold: nil
        case .retry(let wait): wait
        case .wait(let wait): wait
        }
    }
}
