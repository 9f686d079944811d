import Recurrence

/// How often, and after what wait, a run that failed is tried again.
public struct RetryPolicy: Codable, Hashable, Sendable {
    /// All attempts counted, the first included: 1 … 100.
    public var attempts: Int
    /// Before the second attempt.
    public var wait: Span
    /// By which the wait grows with each further attempt: 1 … 10.
    public var factor: Double
    /// The wait never grows past this.
    public var most: Span

    public init(
        attempts: Int = 1, wait: Span = Span(seconds: 60), factor: Double = 2, most: Span = Span(seconds: 3600)
    ) {
        self.attempts = attempts
        self.wait = wait
        self.factor = factor
        self.most = most
    }

    /// How long to wait after so many failed attempts (1 or more); nil when there is none left.
    public func wait(afterAttempts failed: Int) -> Duration? {
        guard failed < attempts else { return nil }
        var seconds = Double(wait.elapsed.components.seconds)
        let most = Double(most.elapsed.components.seconds)
        for _ in 1..<max(failed, 1) where seconds < most { seconds *= factor }
        return .seconds(Int64(min(seconds, most)))
    }
}
