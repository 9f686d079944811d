import Recurrence

/// A job that a person has stopped for a while.
public struct Pause: Hashable, Sendable {
    public var reason: String
    public var actor: String
    public var since: Instant
    /// Nil is until somebody resumes it.
    public var until: Instant?

    public init(reason: String, actor: String, since: Instant, until: Instant?) {
        self.reason = reason
        self.actor = actor
        self.since = since
        self.until = until
    }

    /// Whether it holds at a moment: it ends by itself at `until`, that moment excluded.
    public func isActive(at now: Instant) -> Bool { until.map { now < $0 } ?? true }

    public var inWords: String { "paused by \(actor): \(reason)" }
}
