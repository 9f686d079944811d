import Model
import Postgres

extension Store {
    static let selectNamedAssets: Statement =
        "select name, definition from rota.asset where name = any ($1) and removed_at is null"

    /// The assets of these names, by name; those that are not there are left out.
    public func assets(named names: [String]) async throws -> [String: Asset] {
        guard !names.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try await pool.query(Self.selectNamedAssets, [names]).map { row in
                (try row.get(0), try row.get(1, as: JSON.self).decoded())
            })
    }
}
