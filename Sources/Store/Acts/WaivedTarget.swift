import Model
import Postgres
import Recurrence

/// A target of which something is waived.
struct WaivedTarget: Sendable {
    /// With the assignment locked, so that acts on it come one after the other.
    static let lock: Statement = "select from rota.assignment where id = $1 for no key update"

    static let select = Statement(
        """
        select \(Waivers.columns)
        from rota.waiver w
        \(Waivers.joins)
        where w.assignment_id = $1 and w.asset_id is not distinct from $2 and w.covers >= $3
            and w.withdrawn_at is null and (w.until is null or w.until > rota.now())
        order by w.id
        """)

    var assignment: Int64
    /// Nil is the client as a whole.
    var assets: [Int64?]

    /// What is waived there of a moment.
    func inForce(covering due: Instant, on connection: isolated Connection) async throws -> [Waiver] {
        _ = try await connection.query(Self.lock, [assignment])
        return try await connection.query(Self.select, [assignment, assets.first ?? nil, due])
            .map { try Waivers.waiver($0) }
    }
}
