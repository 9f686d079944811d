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
    var parameters: [any PostgresValue] { [client, job, asset, states, lane, since, until, limit + 1] }

    /// What holds of `rota.run r`, by `$1`, `$2`, `$3` and `$5`. A name is looked up once, not for every row.
    static let ofRun = """
        ($1::text is null or r.client_id = (select id from rota.client where name = $1))
            and ($2::text is null or r.job_id = (select id from rota.job where name = $2))
            and ($3::text is null or r.asset_id = (select id from rota.asset where name = $3))
            and ($5::text is null or r.lane = $5)
        """

    /// What holds of the moment at which `rota.run r` is due, by `$6` and `$7`.
    static let ofDue = """
        ($6::timestamptz is null or r.due_at >= $6) and ($7::timestamptz is null or r.due_at < $7)
        """

    /// What holds of the moment at which `rota.done d` was finished, by `$6` and `$7`.
    static let ofFinish = """
        ($6::timestamptz is null or d.finished_at >= $6) and ($7::timestamptz is null or d.finished_at < $7)
        """

    /// Whether a state is asked for, by `$4`.
    static func allows(_ state: String) -> String { "(cardinality($4::text[]) = 0 or \(state) = any ($4))" }
}

/// So many rows of a list, and whether there are more.
public struct Page<Element: Sendable>: Sendable {
    public var rows: [Element]
    public var hasMore: Bool

    /// - Parameter rows: one more than the limit where there are more.
    init(_ rows: [Element], limit: Int) {
        self.rows = Array(rows.prefix(limit))
        hasMore = rows.count > limit
    }
}
