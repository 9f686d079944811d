import Model
import Postgres
import Recurrence

/// An asset as a list shows it.
public struct ListedAsset: Sendable, Hashable {
    public var asset: Asset
    /// Whether it was imported, or a manifest defines it.
    public var isImported: Bool
    public var changedAt: Instant
}

extension Store {
    static let selectAssets: Statement = """
        select s.definition, s.source = 'import', s.changed_at, c.definition ->> 'timezone'
        from rota.asset s join rota.client c on c.id = s.client_id
        where s.removed_at is null and ($1::text is null or s.name = $1) and ($2::text is null or c.name = $2)
        order by c.name, s.name
        limit $3
        """

    /// The assets by client and name, or only one, or only one client's, or only those that a selector means.
    ///
    /// - Parameters:
    ///   - selector: asked with the date at each client.
    ///   - limit: one more is told where there are more.
    /// - Throws: `ZoneError` where a client's zone has gone from the system's data, and a selector is given.
    public func assets(
        named name: String? = nil, client: String? = nil, matching selector: Selector? = nil, limit: Int
    ) async throws -> [ListedAsset] {
        guard let selector else {
            return try await pool.query(Self.selectAssets, [name, client, Int64(limit) + 1]).map { try ListedAsset($0) }
        }
        let now = try await now()
        let rows = try await pool.query(Self.selectAssets, [name, client, Int64?.none], deadline: .seconds(300))
        var dates: [String: CivilDate] = [:]
        var found: [ListedAsset] = []
        for row in rows where found.count <= limit {
            let zone: String = try row.get(3)
            let today = try dates[zone] ?? Zone.named(zone).local(now).date
            dates[zone] = today
            let listed = try ListedAsset(row)
            if selector.matches(listed.asset, on: today) { found.append(listed) }
        }
        return found
    }
}

extension ListedAsset {
    fileprivate init(_ row: Row) throws {
        asset = try row.get(0, as: JSON.self).decoded()
        isImported = try row.get(1)
        changedAt = try row.get(2)
    }
}
