import Model

extension Verdict {
    /// Where the run goes.
    var nextState: RunState {
        switch self {
        case .finish(let state): state
        case .retry: .ready
        case .wait: .waiting
        }
    }

    /// After how long it is looked at again.
    var again: Duration? {
        switch self {
        case .finish: nil
        case .retry(let wait): wait
        case .wait(let wait): wait
        }
    }
}
