import Model
import Recurrence

/// What a forecast needs to know beside the definitions: how things stand, and how long work took so far.
public struct ForecastFacts: Sendable {
    /// A run that is not done.
    public struct Open: Sendable, Hashable {
        public var job: String
        public var client: String
        public var asset: String?
        public var lane: Lane
        public var due: Instant
        public var dueBy: Instant?
        public var ring: Int?
        public var place: OpenRun.Place
        /// When the attempt began that goes on.
        public var leasedAt: Instant?
    }

    /// When a job last succeeded on an asset, or for a client as a whole.
    public struct Success: Sendable, Hashable {
        public var job: String
        public var client: String
        public var asset: String?
        public var at: Instant
    }

    /// What nobody has resumed; the asset of one that is about an asset.
    public struct Paused: Sendable, Hashable {
        public var subject: PauseSubject
        public var pause: Pause
    }

    public var now: Instant
    /// In the order in which they are planned at one moment.
    public var planned: [WorldPlanned] = []
    /// The numbers of assets by their names.
    public var assets: [String: Int64] = [:]
    /// In the order in which they were made.
    public var open: [Open] = []
    /// The median of what the last runs of a job that succeeded took, by its name.
    public var durations: [String: Duration] = [:]
    public var successes: [Success] = []
    public var paused: [Paused] = []
    /// So many runs the workers of a queue that live do at once, by its name.
    public var slots: [String: Int] = [:]
}
