import Model
import Postgres
import Recurrence

/// The targets of jobs whose selectors have a condition, as they are now: the server cannot know them.
struct NarrowedScope: Sendable {
    static let selectJobs = Statement(
        """
        select a.id, c.id, c.definition ->> 'timezone', j.targets, j.kinds
        from (\(JobScope.select)) j
        join rota.assignment a on a.job_id = j.id and a.removed_at is null
        join rota.client c on c.id = a.client_id and c.removed_at is null
        where j.condition is not null and ($1::text is null or c.name = $1) and ($2::text is null or j.name = $2)
            and ($3::bigint[] is null or a.id = any ($3))
        """)

    /// Each is read once, however many jobs ask for it.
    static let selectAssets: Statement = """
        select id, client_id, definition from rota.asset
        where client_id = any ($1) and removed_at is null and (cardinality($2::text[]) = 0 or kind = any ($2))
        """

    static let selectNumbered: Statement = "select id, client_id, definition from rota.asset where id = any ($1)"

    /// A job at a client.
    private struct Narrowed {
        var assignment: Int64
        var client: Int64
        var kinds: [String]
        /// Nil where it cannot be read.
        var selector: TargetSelector?
        /// The date at the client; nil where its zone has gone.
        var today: CivilDate?

        func holds(_ asset: Asset?) -> Bool {
            guard let selector, let today, let asset else { return true }
            return selector.matches(asset, on: today)
        }
    }

    private var assignments: [Int64] = []
    private var assets: [Int64] = []

    /// For the two places of `JobScope.holdsAsset`.
    var parameters: [any PostgresValue] { [assignments, assets] }

    /// How many targets the jobs have over all their clients.
    var count: Int { assets.count }

    /// All targets of such jobs. What cannot be read is taken to be in scope: overdue work never vanishes, and planning tells the
    /// trouble.
    ///
    /// - Parameter assignments: of these alone; nil is of all.
    static func load(
        client: String?, job: String?, assignments: [Int64]? = nil, now: Instant, on connection: isolated Connection
    ) async throws -> NarrowedScope {
        let jobs = try await jobs(client: client, job: job, assignments: assignments, now: now, on: connection)
        var scope = NarrowedScope()
        guard !jobs.isEmpty else { return scope }
        let own = Dictionary(grouping: jobs, by: \.client)
        let kinds = jobs.contains { $0.kinds.isEmpty } ? [] : Set(jobs.flatMap(\.kinds)).sorted()
        for row in try await connection.query(selectAssets, [Array(own.keys), kinds]) {
            try scope.add(row, of: own[try row.get(1)] ?? [])
        }
        return scope
    }

    /// Only what may be overdue of such jobs: the condition is asked of no other asset.
    static func load(
        ofOverdue filter: RunFilter, now: Instant, on connection: isolated Connection
    ) async throws -> NarrowedScope {
        let jobs = try await jobs(
            client: filter.client, job: filter.job, assignments: nil, now: now, on: connection)
        var scope = NarrowedScope()
        guard !jobs.isEmpty else { return scope }
        let byAssignment = Dictionary(jobs.map { ($0.assignment, $0) }, uniquingKeysWith: { first, _ in first })
        var wanted: [Int64: [Narrowed]] = [:]
        for row in try await connection.query(OverdueTargets.selectNarrowed, filter.parameters + [now]) {
            guard let job = byAssignment[try row.get(0)] else { continue }
            wanted[try row.get(1), default: []].append(job)
        }
        for row in try await connection.query(selectNumbered, [Array(wanted.keys)]) {
            try scope.add(row, of: wanted[try row.get(0)] ?? [])
        }
        return scope
    }

    private static func jobs(
        client: String?, job: String?, assignments: [Int64]?, now: Instant, on connection: isolated Connection
    ) async throws -> [Narrowed] {
        try await connection.query(selectJobs, [client, job, assignments]).map { row in
            let (zone, targets): (String, JSON) = (try row.get(2), try row.get(3))
            return Narrowed(
                assignment: try row.get(0), client: try row.get(1), kinds: try row.get(4),
                selector: readable { try targets.decoded() },
                today: readable { try Zone.named(zone).local(now).date })
        }
    }

    /// - Parameter row: an asset's number, its client's, and its definition.
    private mutating func add(_ row: Row, of jobs: [Narrowed]) throws {
        let (id, definition): (Int64, JSON) = (try row.get(0), try row.get(2))
        let asset: Asset? = Self.readable { try definition.decoded() }
        for job in jobs where job.holds(asset) {
            assignments.append(job.assignment)
            assets.append(id)
        }
    }

    /// Nil for what cannot be read.
    private static func readable<Value>(_ read: () throws -> Value) -> Value? {
        do { return try read() } catch { return nil }
    }
}
