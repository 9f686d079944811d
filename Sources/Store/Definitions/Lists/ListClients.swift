import Model
import Postgres
import Recurrence

/// A client as a list shows it.
public struct ListedClient: Sendable, Hashable {
    public var client: Client
    public var changedAt: Instant
    public var assets: Int64
    /// How many jobs are for it.
    public var jobs: Int64
}

extension Store {
    static let selectClients: Statement = """
        select c.definition, c.changed_at,
            (select count(*) from rota.asset s where s.client_id = c.id and s.removed_at is null),
            (select count(*) from rota.assignment a where a.client_id = c.id and a.removed_at is null)
        from rota.client c
        where c.removed_at is null and ($1::text is null or c.name = $1)
        order by c.name
        """

    /// The clients by name, or only one.
    public func clients(named name: String? = nil) async throws -> [ListedClient] {
        try await pool.query(Self.selectClients, [name]).map { row in
            ListedClient(
                client: try row.get(0, as: JSON.self).decoded(), changedAt: try row.get(1), assets: try row.get(2),
                jobs: try row.get(3))
        }
    }
}
