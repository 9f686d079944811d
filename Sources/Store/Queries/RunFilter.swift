import Model
import Postgres
import Recurrence

/// What a list of runs is narrowed by. Whatever is nil or empty narrows nothing.
public struct RunFilter: Sendable, Hashable {
    public var client: String?
    public var job: String?
    public var asset: String?
    public var states: [RunState]
    public var lane: Lane?
    /// Due (or, of history, finished) not before this.
    public var since: Instant?
    /// Due (or, of history, finished) before this.
    public var until: Instant?
    /// How many at most: 1 or more.
    public var limit: Int

    public init(
        client: String? = nil, job: String? = nil, asset: String? = nil, states: [RunState] = [], lane: Lane? = nil,
        since: Instant? = nil, until: Instant? = nil, limit: Int = 100
    ) {
        self.client = client
        self.job = job
        self.asset = asset
        self.states = states
        self.lane = lane
        self.since = since
        self.until = until
        self.limit = limit
    }

    /// `$1` to `$8` of the statements that take a filter: one more row than the limit, which tells that there are more.
    var parameters: [any PostgresValue] {
        [client, job, asset, states.map(\.rawValue), lane?.rawValue, since, until, limit + 1]
    }
}
