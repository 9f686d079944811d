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
        select attempt_id, run_id, attempts, losses, start_by - leased_at, leased_at
        from rota.lease($1, $2,
            -- A worker that is bound to clients which are not there gets nothing, rather than everything.
            case when $3::text[] is not null then array(select id from rota.client where name = any ($3)) end,
            $4, $5, $6)
        """

    static let loadLeased: Statement = """
        select r.id, r.lane, r.due_at, coalesce(o.local_time, ''), v.definition, c.definition, a.definition
        from rota.run r
        join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
        join rota.client c on c.id = r.client_id
        left join rota.occurrence o on o.id = r.occurrence_id
        left join rota.asset a on a.id = r.asset_id
        where r.id = any ($1)
        """

    /// Takes up to `most` runs that may start now, of which up to `mostReactive` were asked for by somebody.
    ///
    /// - Parameters:
    ///   - clients: names of those for whom the worker works; nil is all.
    ///   - length: after so long without renewing, the lease has run out.
    public func lease(
        worker: Int64, queues: [String], clients: [String]?, most: Int, mostReactive: Int, length: Duration
    ) async throws -> [Lease] {
        // Two statements: the function looks with a snapshot of its own, so a statement that joined its rows to the runs
        // would miss those that were made after it began, and leave them leased with nobody knowing.
        try await pool.transaction { connection in
            let taken = try await connection.query(
                Self.leaseStatement,
                [worker, queues, clients, Int32(most), Int32(mostReactive), PostgresInterval(length)]
            ).map(Taken.init)
            guard !taken.isEmpty else { return [] }
            let works = try await connection.query(Self.loadLeased, [taken.map(\.run)]).map(LeasedWork.init)
            let workOfRun = Dictionary(uniqueKeysWithValues: works.map { ($0.run, $0) })
            return try taken.map { taken in
                guard let work = workOfRun[taken.run] else { throw LeasedRunIsMissing(run: taken.run) }
                return Lease(taken, work)
            }
        }
    }
}

/// A run was leased that is not there, which the schema rules out: nothing is leased then.
private struct LeasedRunIsMissing: Error, CustomStringConvertible {
    var run: Int64
    var description: String { "run \(run) was leased and is not there" }
}

/// What the database says of the lease itself.
private struct Taken {
    var attempt: Int64
    var run: Int64
    var attempts: Int
    var losses: Int
    var startWithin: Duration?
    var leasedAt: Instant

    init(_ row: Row) throws {
        attempt = try row.get(0)
        run = try row.get(1)
        attempts = Int(try row.get(2, as: Int16.self))
        losses = Int(try row.get(3, as: Int16.self))
        startWithin = try row.get(4, as: PostgresInterval?.self).map { .microseconds($0.microseconds) }
        leasedAt = try row.get(5)
    }
}

/// What is to be done for a run that was leased.
private struct LeasedWork {
    var run: Int64
    var lane: Lane
    var due: Instant
    var local: LocalTime
    var job: Job
    var client: Client
    var asset: Asset?

    init(_ row: Row) throws {
        run = try row.get(0)
        lane = try row.get(1)
        due = try row.get(2)
        job = try row.get(4, as: JSON.self).decoded()
        client = try row.get(5, as: JSON.self).decoded()
        asset = try row.get(6, as: JSON?.self)?.decoded()
        // What was asked for by somebody has no local time of a rule.
        local = try LocalTime(row.get(3, as: String.self)) ?? Zone.named(client.timezone).local(due)
    }
}

extension Lease {
    fileprivate init(_ taken: Taken, _ work: LeasedWork) {
        self.init(
            attempt: taken.attempt, run: taken.run, attempts: taken.attempts, losses: taken.losses,
            leasedAt: taken.leasedAt, startWithin: taken.startWithin, lane: work.lane, due: work.due,
            local: work.local, job: work.job, client: work.client, asset: work.asset)
    }
}
