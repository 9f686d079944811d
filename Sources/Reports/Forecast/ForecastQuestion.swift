import Model
import Recurrence

/// What is to be foretold, and all that it follows from.
public struct ForecastQuestion: Sendable {
    /// A run that was made before and is not done.
    public struct Open: Sendable, Hashable {
        public var job: String
        public var client: String
        public var asset: String?
        public var lane: Lane
        public var due: Instant
        public var dueBy: Instant?
        /// The place of its ring, from 0; nil where its rollout is not watched.
        public var ring: Int?
        public var place: OpenRun.Place
        /// When the attempt began that goes on; nil where none does.
        public var leasedAt: Instant?

        public init(
            job: String, client: String, asset: String?, lane: Lane, due: Instant, dueBy: Instant?, ring: Int? = nil,
            place: OpenRun.Place, leasedAt: Instant?
        ) {
            self.job = job
            self.client = client
            self.asset = asset
            self.lane = lane
            self.due = due
            self.dueBy = dueBy
            self.ring = ring
            self.place = place
            self.leasedAt = leasedAt
        }
    }

    /// When a job last succeeded on an asset, or for a client as a whole.
    public struct Success: Sendable, Hashable {
        public var pair: Pair
        public var asset: String?
        public var at: Instant

        public init(pair: Pair, asset: String?, at: Instant) {
            self.pair = pair
            self.asset = asset
            self.at = at
        }
    }

    /// A pause of all that fits what it names; nil is any.
    public struct Paused: Sendable, Hashable {
        public var job: String?
        public var client: String?
        public var asset: String?
        public var pause: Pause

        public init(job: String? = nil, client: String? = nil, asset: String? = nil, pause: Pause) {
            self.job = job
            self.client = client
            self.asset = asset
            self.pause = pause
        }
    }

    /// A job for a client.
    public struct Pair: Sendable, Hashable {
        public var job: String
        public var client: String

        public init(job: String, client: String) {
            self.job = job
            self.client = client
        }
    }

    public var catalogue: Catalogue
    /// The moment from which the world is followed, the same as `from` or before it.
    public var now: Instant
    /// What starts in `[from, until)` is told.
    public var from: Instant
    public var until: Instant
    /// How long a run lasts where `durations` does not say, its timeout at most.
    public var standard: Duration
    /// How long the runs of a job lasted so far: the median.
    public var durations: [String: Duration] = [:]
    /// How far each assignment is planned, in the order in which they are; nil is up to just before `now`.
    public var planned: [WorldPlanned]?
    /// The numbers of assets by their names; nil is in the order of the names.
    public var numbers: [String: Int64]?
    public var open: [Open] = []
    /// Pauses that nobody has ended.
    public var pauses: [Paused] = []
    /// When work was last done that other work requires.
    public var successes: [Success] = []
    /// How many runs the workers of a queue that live do at once; a queue that is not named here is not judged.
    public var slots: [String: Int] = [:]

    public init(catalogue: Catalogue, now: Instant, from: Instant, until: Instant, standard: Duration) {
        self.catalogue = catalogue
        self.now = now
        self.from = from
        self.until = until
        self.standard = standard
    }

    /// How long a run of a job is taken to last.
    public func duration(of job: Job) -> Duration {
        let usual = durations[job.name] ?? standard
        guard case .exec(let exec) = job.action else { return usual }
        return min(usual, exec.timeout.elapsed)
    }
}
