import Postgres

extension Act {
    static let recordMany: Statement = """
        select rota.record_act(actor, verb, subject, reason, detail)
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[])
            with ordinality as given (actor, verb, subject, reason, detail, place)
        order by place
        """

    /// Records several acts in one go, in this order.
    static func record(_ acts: [Act], on connection: isolated Connection) async throws {
        guard !acts.isEmpty else { return }
        _ = try await connection.query(
            recordMany,
            [acts.map(\.actor), acts.map(\.verb), acts.map(\.subject), acts.map(\.reason), acts.map(\.detail)])
    }
}
