import Model
import Postgres
import Recurrence

/// A run in a worker's hands, with all that it needs to do it. The attempt's number is the lease's token.
public struct Lease: Sendable {
    public var attempt: Int64
    public var run: Int64
    /// Attempts that failed before this one.
    public var attempts: Int
    /// Attempts that were lost before this one.
    public var losses: Int
    public var leasedAt: Instant
    /// How long after it was leased the work may still be started; nil is any time.
    public var startWithin: Duration?
    public var lane: Lane
    public var due: Instant
    public var local: LocalTime
    public var job: Job
    public var client: Client
    public var asset: Asset?
}

extension Store {
    static let leaseStatement: Statement = """
        select l.attempt_id, l.run_id, l.attempts, l.losses, l.start_by - l.leased_at, r.due_at,
            coalesce(o.local_time, ''), v.definition, c.definition, a.definition, r.lane, l.leased_at
        from rota.lease($1, $2,
            -- A worker that is bound to clients which are not there gets nothing, rather than everything.
            case when $3::text[] is not null then array(select id from rota.client where name = any ($3)) end,
            $4, $5, $6) l
        join rota.run r on r.id = l.run_id
        join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
        join rota.client c on c.id = r.client_id
        left join rota.occurrence o on o.id = r.occurrence_id
        left join rota.asset a on a.id = r.asset_id
        """

    /// Takes up to `most` runs that may start now, of which up to `mostReactive` were asked for by somebody.
    ///
    /// - Parameters:
    ///   - clients: names of those for whom the worker works; nil is all.
    ///   - length: after so long without renewing, the lease has run out.
    public func lease(
        worker: Int64, queues: [String], clients: [String]?, most: Int, mostReactive: Int, length: Duration
    ) async throws -> [Lease] {
        try await pool.query(
            Self.leaseStatement,
            [worker, queues, clients, Int32(most), Int32(mostReactive), PostgresInterval(length)]
        ).map(Self.lease)
    }

    private static func lease(_ row: Row) throws -> Lease {
        let due: Instant = try row.get(5)
        let client: Client = try row.get(8, as: JSON.self).decoded()
        // What was asked for by somebody has no local time of a rule.
        let local = try LocalTime(row.get(6, as: String.self)) ?? Zone.named(client.timezone).local(due)
        return Lease(
            attempt: try row.get(0), run: try row.get(1), attempts: Int(try row.get(2, as: Int16.self)),
            losses: Int(try row.get(3, as: Int16.self)),
            leasedAt: try row.get(11),
            startWithin: try row.get(4, as: PostgresInterval?.self).map { .microseconds($0.microseconds) },
            lane: try row.get(10), due: due, local: local, job: try row.get(7, as: JSON.self).decoded(), client: client,
            asset: try row.get(9, as: JSON?.self)?.decoded())
    }
}
