import Model
import Postgres

extension Store {
    static let selectCatalogue: Statement = """
        select 'Client', definition from rota.client where removed_at is null
        union all
        select 'Calendar', definition from rota.calendar where removed_at is null
        union all
        select 'Window', definition from rota.window where removed_at is null
        union all
        select 'Job', v.definition
        from rota.job j join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        where j.removed_at is null
        union all
        select 'Asset', definition from rota.asset where removed_at is null and $1
        """

    /// All definitions as they are now.
    ///
    /// - Parameter assets: whether assets are among them, of which there may be very many.
    public func catalogue(assets: Bool = true) async throws -> Catalogue {
        let rows = try await pool.query(Self.selectCatalogue, [assets])
        return Catalogue(try rows.map { try $0.definition(kind: 0, json: 1) })
    }
}
