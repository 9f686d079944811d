import Recurrence

/// What follows for a run from the end of an attempt.
public enum Verdict: Hashable, Sendable {
    case finish(RunState)
    /// Ready again after so long.
    case retry(after: Duration)
    /// For a person's acknowledgement; the reminder is repeated after so long (nil: never).
    case wait(repeatAfter: Duration?)
    /// For a person to decide about: nobody knows how it ended.
    case hold

    /// So many times a run's worker may vanish before the run itself is suspected.
    public static let mostLosses = 10

    /// A lost attempt's outcome is not known: the run is done again, unless a person has cancelled it meanwhile, or it must
    /// not be done twice.
    public static func onLoss(lossesBefore: Int, cancelled: Bool, repeatable: Bool = true) -> Verdict {
        if !repeatable { return .hold }
        if cancelled { return .finish(.cancelled) }
        return lossesBefore + 1 >= mostLosses ? .finish(.failed) : .retry(after: .zero)
    }
}

extension Verdict: CustomStringConvertible {
    /// For logs: `succeeded`, `again in 5 s`, `waiting, repeated in 7200 s`.
    public var description: String {
        switch self {
        case .finish(let state): state.rawValue
        case .retry(let wait): "again in \(wait.components.seconds) s"
        case .wait(nil): "waiting"
        case .hold: "held, as nobody knows how it ended"
        case .wait(let wait?): "waiting, repeated in \(wait.components.seconds) s"
        }
    }
}

extension Job {
    /// - Parameters:
    ///   - failedBefore: attempts that failed or timed out before this one; handed-back and lost ones do not count.
    ///   - lossesBefore: attempts that were lost before this one.
    public func verdict(on end: AttemptEnd, failedBefore: Int, lossesBefore: Int) -> Verdict {
        switch end {
        case .succeeded:
            if case .remind(let remind) = action, remind.acknowledge == .required {
                return .wait(repeatAfter: remind.repeat?.elapsed)
            }
            return .finish(.succeeded)
        case .timedOut where !isRepeatable:
            return .hold
        case .failed, .timedOut:
            guard let wait = retry.wait(afterAttempts: failedBefore + 1) else { return .finish(.failed) }
            return .retry(after: wait)
        case .cancelled:
            return .finish(.cancelled)
        case .released:
            return .retry(after: .zero)
        case .lost:
            return .onLoss(lossesBefore: lossesBefore, cancelled: false, repeatable: isRepeatable)
        }
    }
}
