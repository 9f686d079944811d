import Model
import Postgres
import Recurrence

/// A job as a whole: that it is there, and whether it is paused.
public struct JobStanding: Sendable, Hashable {
    public var revision: Int32
    /// The pause that is in force.
    public var pause: Pause?
}

extension Store {
    static let selectJobStanding: Statement = """
        select j.revision, p.reason, p.actor, p.since, p.until
        from rota.job j
        left join rota.pause p
            on p.job_id = j.id and num_nonnulls(p.client_id, p.asset_id, p.label_key) = 0 and p.resumed_at is null and (p.until is null or p.until > rota.now())
        where j.name = $1 and j.removed_at is null
        """

    /// A job; nil where there is none of this name.
    public func jobStanding(_ name: String) async throws -> JobStanding? {
        guard let row = try await pool.query(Self.selectJobStanding, [name]).first else { return nil }
        let reason: String? = try row.get(1)
        return JobStanding(
            revision: try row.get(0),
            pause: try reason.map {
                Pause(reason: $0, actor: try row.get(2), since: try row.get(3), until: try row.get(4))
            })
    }
}
