import Recurrence

/// What an attempt comes to that its worker has ended.
public enum Conclusion: Hashable, Sendable {
    /// The work was done, well or not; the verdict says where the run goes.
    case finished(Outcome, Verdict)
    /// It was handed back unused: the run is ready at once for another worker.
    case released
}

extension Job {
    /// - Parameters:
    ///   - failedBefore: attempts that failed or timed out before this one; handed-back and lost ones do not count.
    ///   - lossesBefore: attempts that were lost before this one.
    ///   - untilLastStart: how long the run may still start in its window; nil is for ever.
    public func conclusion(
        of outcome: Outcome, failedBefore: Int, lossesBefore: Int, untilLastStart: Duration?
    ) -> Conclusion {
        if outcome.isPutOff { return .finished(outcome, .retry(after: Self.guardWait)) }
        if outcome.ended == .released { return .released }
        if let (told, verdict) = absence(outcome, untilLastStart: untilLastStart) { return .finished(told, verdict) }
        return .finished(
            outcome, verdict(on: outcome.ended, failedBefore: failedBefore, lossesBefore: lossesBefore))
    }
}
