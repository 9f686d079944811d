import Postgres
import Recurrence

/// Runs of one queue for one client that may start now.
public struct WaitingWork: Sendable, Hashable {
    public var queue: String
    public var client: String
    public var runs: Int64
    /// Since when the one that waits longest may start.
    public var since: Instant

    public init(queue: String, client: String, runs: Int64, since: Instant) {
        self.queue = queue
        self.client = client
        self.runs = runs
        self.since = since
    }
}

/// So many things that should have been looked at long ago, and the oldest of them.
public struct Neglected: Sendable, Hashable {
    public var count: Int64
    /// Nil where there are none.
    public var oldest: Instant?

    public init(count: Int64, oldest: Instant?) {
        self.count = count
        self.oldest = oldest
    }
}

/// An assignment that cannot be planned.
public struct Troubled: Sendable, Hashable {
    public var job: String
    public var client: String
    public var trouble: String

    public init(job: String, client: String, trouble: String) {
        self.job = job
        self.client = client
        self.trouble = trouble
    }
}

extension Store {
    static let selectWaitingWork: Statement = """
        select w.queue, c.name, w.runs, w.since
        from (
            select r.queue, r.client_id, count(*) as runs, min(r.not_before) as since
            from rota.ready r
            where r.not_before <= $1 and r.parked is null and (r.start_by is null or r.start_by > $1)
            group by r.queue, r.client_id
        ) w
        join rota.client c on c.id = w.client_id
        order by w.since, w.queue, c.name
        limit 1000
        """

    /// What may start at this moment, by queue and client, what waits longest first.
    public func waitingWork(now: Instant) async throws -> [WaitingWork] {
        try await pool.query(Self.selectWaitingWork, [now]).map { row in
            WaitingWork(
                queue: try row.get(0), client: try row.get(1), runs: try row.get(2), since: try row.get(3))
        }
    }

    static let selectExpiredLeases: Statement = """
        select coalesce(sum(cardinality(array_remove(l.runs, null))), 0)::bigint, min(l.expires_at)
        from rota.lease l where l.expires_at < $1
        """

    /// The runs whose leases ran out before this moment, and whom nobody has taken them from.
    public func expiredLeases(before moment: Instant) async throws -> Neglected {
        let row = try await pool.query(Self.selectExpiredLeases, [moment]).only()
        return Neglected(count: try row.get(0), oldest: try row.get(1))
    }

    static let selectUnlookedAt: Statement =
        "select count(*), min(a.wake_at) from rota.assignment a where a.wake_at < $1"

    /// The assignments that were to be looked at before this moment, and were not.
    public func unlookedAt(before moment: Instant) async throws -> Neglected {
        let row = try await pool.query(Self.selectUnlookedAt, [moment]).only()
        return Neglected(count: try row.get(0), oldest: try row.get(1))
    }

    static let selectTroubled: Statement = """
        select j.name, c.name, a.trouble
        from rota.assignment a
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        where a.trouble is not null and a.removed_at is null
        order by j.name, c.name
        limit 1000
        """

    /// The assignments that could not be planned when they were looked at last; a thousand at most.
    public func troubled() async throws -> [Troubled] {
        try await pool.query(Self.selectTroubled).map {
            Troubled(job: try $0.get(0), client: try $0.get(1), trouble: try $0.get(2))
        }
    }
}
