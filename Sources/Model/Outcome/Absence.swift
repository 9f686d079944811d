import Recurrence

extension Job {
    /// So long after a worker found something missing that the job requires it is looked at again.
    public static let guardWait = Duration.seconds(300)
    /// So long after a target was not there it is tried again.
    public static let offlineWait = Duration.seconds(900)
    /// What waits for its window's next opening waits so much longer than until its last start: clocks that differ by a little let
    /// nobody begin before it.
    static let pastLastStart = Duration.seconds(1)
    /// An opening that goes on for longer has no next one for which something could wait.
    static let longestOpening = Duration.seconds(400 * 86_400)
    /// EX_UNAVAILABLE of sysexits.h.
    public static let usualOfflineCodes = [69]

    /// What an outcome comes to that says that the target was not there, and what follows; nil for any other.
    ///
    /// - Parameter untilLastStart: how long the run may still start in its window; nil is for ever.
    public func absence(_ outcome: Outcome, untilLastStart: Duration?) -> (Outcome, Verdict)? {
        guard let whenOffline, outcome.ended == .failed, let code = outcome.exitCode, case .exec(let exec) = action,
            (exec.offlineExitCodes ?? Self.usualOfflineCodes).contains(code)
        else { return nil }
        var told = outcome
        let said = outcome.message.map { ": \($0)" } ?? ""
        told.message = "its target was not there\(said)"
        switch whenOffline {
        case .skip: return (told, .finish(.skipped))
        case .asap:
            told.ended = .released
            return (told, .retry(after: Self.offlineWait))
        case .nextWindow:
            told.ended = .released
            guard let untilLastStart, untilLastStart < Self.longestOpening else {
                return (told, .retry(after: Self.offlineWait))
            }
            return (told, .retry(after: max(untilLastStart, .zero) + Self.pastLastStart))
        }
    }
}
