import Model
import Postgres
import Recurrence

/// How far the schedule of an assignment has been planned.
public struct PlannedThrough: Sendable, Hashable {
    public var assignment: Int64
    public var job: String
    public var client: String
    public var plannedThrough: Instant
    /// Why it could not be planned the last time.
    public var trouble: String?
}

extension Store {
    static let selectPlannedThrough: Statement = """
        select a.id, j.name, c.name, a.planned_through, a.trouble
        from rota.assignment a
        join rota.job j on j.id = a.job_id and j.removed_at is null
        join rota.client c on c.id = a.client_id and c.removed_at is null
        where a.removed_at is null and a.planned_through < $3
            and ($1::text is null or c.name = $1) and ($2::text is null or j.name = $2)
        order by a.id
        """

    /// The assignments, of a client and a job where these are given, that have not been planned up to `now`.
    public func plannedThrough(client: String?, job: String?, now: Instant) async throws -> [PlannedThrough] {
        try await pool.query(Self.selectPlannedThrough, [client, job, now]).map { row in
            try PlannedThrough(
                assignment: row.get(0), job: row.get(1), client: row.get(2), plannedThrough: row.get(3),
                trouble: row.get(4))
        }
    }
}
