import Postgres
import Recurrence

/// An assignment whose time to be looked at has come, locked until the end of the transaction.
struct WakingAssignment: Sendable {
    /// Before it takes any: what was nudged is looked at with a snapshot that is taken afterwards.
    static let heed: Statement = "select rota.heed_nudges()"

    static let take: Statement = """
        select a.id, a.job_id, a.client_id, a.planned_through, j.name, j.revision, c.name, rota.now(), a.wake_at
        from rota.assignment a
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        where a.id = any (array(
            select w.id from rota.assignment w
            where w.wake_at <= rota.now()
            order by w.wake_at
            limit $1
            for update skip locked))
        order by a.id
        """

    /// One that is only looked at.
    static let select: Statement = """
        select a.id, a.job_id, a.client_id, a.planned_through, j.name, j.revision, c.name, rota.now(), a.wake_at
        from rota.run r
        join rota.assignment a on a.id = r.assignment_id and a.removed_at is null
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        where r.id = $1
        """

    var id: Int64
    var jobID: Int64
    var clientID: Int64
    var plannedThrough: Instant
    var jobName: String
    var revision: Int32
    var clientName: String
    /// When it was taken: the time with which it is planned.
    var now: Instant
    /// Since when it is to be looked at; or from when on.
    var wakeAt: Instant?

    init(_ row: Row) throws {
        id = try row.get(0)
        jobID = try row.get(1)
        clientID = try row.get(2)
        plannedThrough = try row.get(3)
        jobName = try row.get(4)
        revision = try row.get(5)
        clientName = try row.get(6)
        now = try row.get(7)
        wakeAt = try row.get(8)
    }
}
