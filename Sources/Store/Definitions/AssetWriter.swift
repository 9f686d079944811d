import Model
import Postgres

/// Writes assets, a hundred thousand at once where need be.
enum AssetWriter {
    /// Who looks after an asset, so that pruning manifests never removes what was imported.
    enum Source: String, PostgresValue {
        case manifest
        case imported = "import"
    }

    /// An asset of which something was written.
    struct Written: Sendable {
        var name: String
        var client: Int64
        var isNew: Bool
    }

    /// A row that says already what it is to say is not written again. A row that was just inserted has no `xmax`.
    static let save: Statement = """
        with saved as (
            insert into rota.asset as a (name, client_id, kind, labels, definition, source, changed_at)
            select g.name, c.id, g.kind, g.definition -> 'labels', g.definition, $5, rota.now()
            from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as g (name, client, kind, definition)
            join rota.client c on c.name = g.client
            on conflict (name) do update
            set client_id = excluded.client_id, kind = excluded.kind, labels = excluded.labels,
                definition = excluded.definition, source = excluded.source, changed_at = excluded.changed_at,
                removed_at = null
            where a.removed_at is not null or a.client_id <> excluded.client_id or a.source <> excluded.source
                or a.definition <> excluded.definition
            returning a.name, a.client_id, a.xmax = 0 as is_new
        )
        select name, client_id, is_new from saved order by name
        """

    static let selectImported: Statement = """
        select s.name, s.client_id
        from rota.asset s join rota.client c on c.id = s.client_id
        where c.name = $1 and s.source = 'import' and s.removed_at is null
        order by s.name
        """

    static let remove: Statement =
        "update rota.asset set removed_at = rota.now(), changed_at = rota.now() where name = any ($1)"

    /// The assets' clients must be there.
    static func save(
        _ assets: [Asset], source: Source, on connection: isolated Connection
    ) async throws -> [Written] {
        guard !assets.isEmpty else { return [] }
        let documents = try assets.map { try JSON(encoding: $0) }
        let rows = try await connection.query(
            save, [assets.map(\.name), assets.map(\.client), assets.map(\.kind), documents, source],
            deadline: .seconds(300))
        return try rows.map { try Written(name: $0.get(0), client: $0.get(1), isNew: $0.get(2)) }
    }

    static func remove(_ names: [String], on connection: isolated Connection) async throws {
        guard !names.isEmpty else { return }
        _ = try await connection.query(remove, [names])
    }
}
