import Postgres
import Recurrence

/// One job for one client, and how it stands.
public struct ListedAssignment: Sendable, Hashable {
    public var job: String
    public var client: String
    /// Every due moment up to here has its occurrence.
    public var plannedThrough: Instant
    /// When a scheduler looks at it next; nil is never, unless something changes.
    public var wakeAt: Instant?
    /// Why it could not be planned the last time.
    public var trouble: String?
    public var held: Int64
    public var ready: Int64
    public var leased: Int64
    public var waiting: Int64
    /// When its work was last done on any of its targets.
    public var lastSuccess: Instant?
}

extension Store {
    static let selectAssignments: Statement = """
        select j.name, c.name, a.planned_through, a.wake_at, a.trouble,
            (select count(*) from rota.held h where h.assignment_id = a.id),
            (select count(*) from rota.ready r where r.assignment_id = a.id),
            coalesce(l.count, 0),
            (select count(*) from rota.waiting w where w.assignment_id = a.id),
            (select max(s.succeeded_at) from rota.last_success s where s.assignment_id = a.id)
        from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
        left join (select assignment_id, count(*) from rota.leased group by assignment_id) l on l.assignment_id = a.id
        where a.removed_at is null and ($1::text is null or j.name = $1) and ($2::text is null or c.name = $2)
        order by j.name, c.name
        """

    /// The assignments of a job, of a client, or of both.
    public func assignments(job: String? = nil, client: String? = nil) async throws -> [ListedAssignment] {
        try await pool.query(Self.selectAssignments, [job, client]).map { row in
            ListedAssignment(
                job: try row.get(0), client: try row.get(1), plannedThrough: try row.get(2), wakeAt: try row.get(3),
                trouble: try row.get(4), held: try row.get(5), ready: try row.get(6), leased: try row.get(7),
                waiting: try row.get(8), lastSuccess: try row.get(9))
        }
    }
}
