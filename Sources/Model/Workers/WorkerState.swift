import Recurrence

/// Where a worker stands, as far as the database has heard of it.
public enum WorkerState: String, Codable, Hashable, Sendable, CaseIterable {
    /// Takes runs.
    case working
    /// Was told to take no more, and ends once what it has in hand is done.
    case draining
    /// Has not said for longer than `silence` that it is there: dead, stopped, or cut off.
    case silent
    /// Said goodbye, with nothing left in hand.
    case ended

    /// A worker says at least every ten seconds that it is there; one that has not for this long is taken for dead.
    public static let silence: Duration = .seconds(45)

    /// - Parameters:
    ///   - seenAt: when the worker was heard of last.
    ///   - endedAt: when it said goodbye; nil where it has not.
    ///   - drainAt: when it was told to take no more; nil where it was not.
    public init(seenAt: Instant, endedAt: Instant?, drainAt: Instant?, now: Instant) {
        if endedAt != nil {
            self = .ended
        } else {
            self = now - seenAt > Self.silence ? .silent : drainAt == nil ? .working : .draining
        }
    }

    /// Whether it is there.
    public var isAlive: Bool { self == .working || self == .draining }
}
