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
        """)

    /// Each is read once, however many jobs ask for it.
    static let selectAssets: Statement = """
        select id, client_id, definition from rota.asset
        where client_id = any ($1) and removed_at is null and (cardinality($2::text[]) = 0 or kind = any ($2))
        """

    /// A job at a client.
    private struct Narrowed {
        var assignment: Int64
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

    /// What cannot be read is taken to be in scope: overdue work never vanishes, and planning tells the trouble.
    static func load(
        client: String?, job: String?, now: Instant, on connection: isolated Connection
    ) async throws -> NarrowedScope {
        var narrowed: [Int64: [Narrowed]] = [:]
        var kinds: Set<String> = []
        var isAnyKind = false
        for row in try await connection.query(selectJobs, [client, job]) {
            let (zone, targets): (String, JSON) = (try row.get(2), try row.get(3))
            let own: [String] = try row.get(4)
            kinds.formUnion(own)
            isAnyKind = isAnyKind || own.isEmpty
            narrowed[try row.get(1), default: []].append(
                Narrowed(
                    assignment: try row.get(0), selector: readable { try targets.decoded() },
                    today: readable { try Zone.named(zone).local(now).date }))
        }
        var scope = NarrowedScope()
        guard !narrowed.isEmpty else { return scope }
        let wanted: [any PostgresValue] = [Array(narrowed.keys), isAnyKind ? [String]() : Array(kinds)]
        for row in try await connection.query(selectAssets, wanted) {
            let (id, definition): (Int64, JSON) = (try row.get(0), try row.get(2))
            let asset: Asset? = readable { try definition.decoded() }
            for one in narrowed[try row.get(1)] ?? [] where one.holds(asset) {
                scope.assignments.append(one.assignment)
                scope.assets.append(id)
            }
        }
        return scope
    }

    /// Nil for what cannot be read.
    private static func readable<Value>(_ read: () throws -> Value) -> Value? {
        do { return try read() } catch { return nil }
    }
}
