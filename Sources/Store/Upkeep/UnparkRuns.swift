import Postgres

extension Store {
    static let unparkStatement: Statement = "select rota.unpark_where_room()"

    /// Has runs looked at again that wait behind a limit although there is room: whoever was to have it did not start.
    public func unparkWhereRoom() async throws {
        _ = try await pool.query(Self.unparkStatement, [])
    }
}
