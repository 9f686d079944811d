import Model
import Postgres
import Recurrence

/// A job as a list shows it.
public struct ListedJob: Sendable, Hashable {
    public var job: Job
    public var revision: Int32
    public var changedAt: Instant
    public var changedBy: String
    /// For how many clients it is.
    public var clients: Int64
    /// Only a pause that holds now.
    public var pause: Pause?
    /// Of how many clients it could not be planned the last time.
    public var troubles: Int64
}

extension Store {
    static let selectJobs: Statement = """
        select v.definition, j.revision, j.changed_at, v.applied_by, s.clients, s.troubles,
            p.reason, p.actor, p.since, p.until
        from rota.job j
        join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        cross join lateral (
            select count(*) as clients, count(a.trouble) as troubles
            from rota.assignment a where a.job_id = j.id and a.removed_at is null
        ) s
        left join rota.pause p
            on p.job_id = j.id and num_nonnulls(p.client_id, p.asset_id, p.label_key) = 0 and p.resumed_at is null and (p.until is null or p.until > rota.now())
        where j.removed_at is null and ($1::text is null or j.name = $1)
        order by j.name
        """

    /// The jobs by name, or only one.
    public func jobs(named name: String? = nil) async throws -> [ListedJob] {
        try await pool.query(Self.selectJobs, [name]).map { row in
            var listed = ListedJob(
                job: try row.get(0, as: JSON.self).decoded(), revision: try row.get(1), changedAt: try row.get(2),
                changedBy: try row.get(3), clients: try row.get(4), troubles: try row.get(5))
            if let reason: String = try row.get(6) {
                listed.pause = Pause(
                    reason: reason, actor: try row.get(7), since: try row.get(8), until: try row.get(9))
            }
            return listed
        }
    }
}
