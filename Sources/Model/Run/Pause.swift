import Recurrence

/// Work that is stopped for a while, by a person or because a run has failed.
public struct Pause: Hashable, Sendable {
    /// Which runs it stops, of those that planning looks at for one job and one client.
    public enum Cover: Hashable, Sendable {
        case all
        /// Those on one asset.
        case asset(Int64)
        /// Those of a job, a client or an asset with this label.
        case label(key: String, value: String)
    }

    public var reason: String
    public var actor: String
    public var since: Instant
    /// Nil is until somebody resumes it.
    public var until: Instant?
    public var cover: Cover
    /// What is paused, where it is more or less than the job: `client harbour-dental`.
    public var subject: String?

    public init(
        reason: String, actor: String, since: Instant, until: Instant?, cover: Cover = .all, subject: String? = nil
    ) {
        self.reason = reason
        self.actor = actor
        self.since = since
        self.until = until
        self.cover = cover
        self.subject = subject
    }

    /// Whether it holds at a moment: it ends by itself at `until`, that moment excluded.
    public func isActive(at now: Instant) -> Bool { until.map { now < $0 } ?? true }

    public var inWords: String { "\(subject.map { "\($0) " } ?? "")paused by \(actor): \(reason)" }
}
