import Model
import Postgres
import Recurrence

/// The assets of a client, as planning needs them.
enum PlanningTargets {
    static let select: Statement = """
        select id from rota.asset
        where client_id = $1 and removed_at is null
            and (cardinality($2::text[]) = 0 or kind = any ($2)) and labels @> $3
        order by id
        """

    /// The numbers of the assets that the selector matches now; `[nil]` where the job works on the client as a whole.
    static func targets(
        of job: Job, client: Int64, timezone: String, on connection: isolated Connection
    ) async throws -> [Int64?] {
        guard let selector = job.targets else { return [nil] }
        if selector.condition != nil {
            let now: Instant = try await connection.query(Store.nowStatement).only().get(0)
            let today = try Zone.named(timezone).local(now).date
            let choice = NarrowedTargets.Choice(client: client, selector: selector, today: today)
            return try await NarrowedTargets.load([choice], on: connection)[0].get()
        }
        let labels = try JSON(encoding: selector.labels)
        return try await connection.query(select, [client, selector.kinds, labels]).map { try $0.get(0) }
    }

    /// How many of some assets have the same values of some labels.
    static let countByLabels: Statement = """
        select l.labels, count(*)
        from unnest($1::bigint[]) n (id)
        join rota.asset a on a.id = n.id
        cross join lateral (
            select coalesce(jsonb_object_agg(k.key, a.labels -> k.key), '{}') as labels
            from unnest($2::text[]) k (key) where a.labels ? k.key
        ) l
        group by l.labels
        """

    static let selectNumbered: Statement = "select id, definition from rota.asset where id = any ($1)"

    /// What the targets are, by their numbers.
    static func assets(_ targets: [Int64?], on connection: isolated Connection) async throws -> [Int64: Asset] {
        let numbers = targets.compactMap { $0 }
        guard !numbers.isEmpty else { return [:] }
        let rows = try await connection.query(selectNumbered, [numbers])
        return try Dictionary(
            uniqueKeysWithValues: rows.map { (try $0.get(0), try $0.get(1, as: JSON.self).decoded(as: Asset.self)) })
    }
}
