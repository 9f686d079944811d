import Postgres

extension Store {
    static let selectClientZones: Statement = """
        select c.definition ->> 'timezone', min(c.name)
        from rota.client c
        where c.removed_at is null and c.definition ->> 'timezone' is not null
        group by 1 order by 1
        """

    /// The time zones of clients, each with the name of one of them.
    public func clientZones() async throws -> [(zone: String, client: String)] {
        try await pool.query(Self.selectClientZones).map { (try $0.get(0), try $0.get(1)) }
    }
}
