/// How an attempt ended.
public enum AttemptEnd: String, Codable, CaseIterable, Hashable, Sendable {
    case succeeded
    case failed
    /// It took longer than the job's `timeout`, and was ended.
    case timedOut
    /// Somebody cancelled the run, or the worker had to stop.
    case cancelled
    /// Handed back without having been started.
    case released
    /// Its lease ran out: nothing that it says counts any more.
    case lost
}
