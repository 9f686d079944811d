import Model
import Postgres
import Recurrence

/// The targets of jobs whose selectors have a condition, as they are now: the server cannot know them.
struct NarrowedScope: Sendable {
    static let select = Statement(
        """
        select a.id, j.condition, c.definition ->> 'timezone', t.id, t.definition
        from (\(JobScope.select)) j
        join rota.assignment a on a.job_id = j.id and a.removed_at is null
        join rota.client c on c.id = a.client_id and c.removed_at is null
        join rota.asset t on \(JobScope.mayHoldAsset)
        where j.condition is not null and ($1::text is null or c.name = $1) and ($2::text is null or j.name = $2)
        """)

    private var assignments: [Int64] = []
    private var assets: [Int64] = []

    /// For the two places of `JobScope.holdsAsset`.
    var parameters: [any PostgresValue] { [assignments, assets] }

    /// How many targets the jobs have over all their clients.
    var count: Int { assets.count }

    static func load(
        client: String?, job: String?, now: Instant, on connection: isolated Connection
    ) async throws -> NarrowedScope {
        var scope = NarrowedScope()
        var conditions: [String: Selector?] = [:]
        var dates: [String: CivilDate?] = [:]
        for row in try await connection.query(select, [client, job]) {
            let (condition, zone): (String, String) = (try row.get(1), try row.get(2))
            if conditions[condition] == nil {
                conditions[condition] = .some(readable { try Selector(parsing: condition) })
            }
            if dates[zone] == nil { dates[zone] = .some(readable { try Zone.named(zone).local(now).date }) }
            let asset: Asset? = readable { try row.get(4, as: JSON.self).decoded() }
            guard let selector = conditions[condition] ?? nil, let today = dates[zone] ?? nil, let asset else {
                scope.add(try row.get(0), try row.get(3))
                continue
            }
            if selector.matches(asset, on: today) { scope.add(try row.get(0), try row.get(3)) }
        }
        return scope
    }

    private mutating func add(_ assignment: Int64, _ asset: Int64) {
        assignments.append(assignment)
        assets.append(asset)
    }

    /// Nil for what cannot be read, of which the target is then taken to be in scope: overdue work never vanishes, and
    /// planning tells the trouble.
    private static func readable<Value>(_ read: () throws -> Value) -> Value? {
        do { return try read() } catch { return nil }
    }
}
