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
        select s.definition, s.source = 'import', s.changed_at
        from rota.asset s join rota.client c on c.id = s.client_id
        where s.removed_at is null and ($1::text is null or s.name = $1) and ($2::text is null or c.name = $2)
        order by c.name, s.name
        limit $3
        """

    /// The assets by client and name, or only one, or only one client's.
    ///
    /// - Parameter limit: one more is told where there are more.
    public func assets(named name: String? = nil, client: String? = nil, limit: Int) async throws -> [ListedAsset] {
        try await pool.query(Self.selectAssets, [name, client, Int64(limit) + 1]).map { row in
            ListedAsset(
                asset: try row.get(0, as: JSON.self).decoded(), isImported: try row.get(1), changedAt: try row.get(2))
        }
    }
}
