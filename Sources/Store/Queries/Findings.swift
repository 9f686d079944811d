import Model
import Postgres
import Recurrence

extension Finding.Severity: PostgresValue {}

/// Something wrong that runs found.
public struct FindingRow: Sendable, Hashable {
    public var id: Int64
    public var client: String
    public var job: String
    public var asset: String?
    public var key: String
    public var severity: Finding.Severity
    public var text: String
    public var foundAt: Instant
    /// When a run found it last.
    public var seenAt: Instant
    public var firstRun: Int64
    public var lastRun: Int64
    /// Nil while it is open.
    public var closedAt: Instant?
    public var closedBy: String?
}

extension Store {
    static let selectFindings: Statement = """
        select f.id, c.name, j.name, t.name, f.key, f.severity, f.text, f.found_at, f.seen_at, f.first_run, f.last_run,
            f.closed_at, f.closed_by
        from rota.finding f
        join rota.assignment a on a.id = f.assignment_id
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        left join rota.asset t on t.id = f.asset_id
        where (f.closed_at is null or $4)
            and ($1::text is null or c.name = $1) and ($2::text is null or j.name = $2)
            and ($3::text is null or t.name = $3)
            and ($5::timestamptz is null or f.found_at >= $5) and ($6::timestamptz is null or f.found_at < $6)
        order by f.closed_at is not null,
            case f.severity when 'critical' then 1 when 'warning' then 2 else 3 end, f.found_at, f.id
        limit $7
        """

    /// What was found, the open ones first and of these the gravest. The filter's moments are those of finding; its
    /// states and lane mean nothing here.
    ///
    /// - Parameter closed: whether those that are closed are told too.
    public func findings(_ filter: RunFilter, closed: Bool = false) async throws -> Page<FindingRow> {
        let rows = try await pool.query(
            Self.selectFindings,
            [filter.client, filter.job, filter.asset, closed, filter.since, filter.until, filter.limit + 1])
        return Page(try rows.map { try FindingRow($0) }, limit: filter.limit)
    }
}

extension FindingRow {
    fileprivate init(_ row: Row) throws {
        id = try row.get(0)
        client = try row.get(1)
        job = try row.get(2)
        asset = try row.get(3)
        key = try row.get(4)
        severity = try row.get(5)
        text = try row.get(6)
        foundAt = try row.get(7)
        seenAt = try row.get(8)
        firstRun = try row.get(9)
        lastRun = try row.get(10)
        closedAt = try row.get(11)
        closedBy = try row.get(12)
    }
}
