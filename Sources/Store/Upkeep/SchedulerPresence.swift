import Postgres
import Recurrence

/// How a scheduler presents itself.
public struct SchedulerProfile: Sendable, Hashable {
    public var name: String
    /// Tells schedulers of the same name apart.
    public var instance: String
    public var host: String
    /// How long it keeps what was due after its month.
    public var history: Duration

    public init(name: String, instance: String, host: String, history: Duration) {
        self.name = name
        self.instance = instance
        self.host = host
        self.history = history
    }
}

/// A scheduler that was there not long ago.
public struct ListedScheduler: Sendable, Hashable {
    public var profile: SchedulerProfile
    public var startedAt: Instant
    public var seenAt: Instant
    public var endedAt: Instant?

    public init(profile: SchedulerProfile, startedAt: Instant, seenAt: Instant, endedAt: Instant?) {
        self.profile = profile
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.endedAt = endedAt
    }
}

extension Store {
    static let noteSchedulerStatement: Statement = """
        insert into rota.scheduler as s (instance, name, host, history, started_at, seen_at)
        values ($1, $2, $3, $4, rota.now(), rota.now())
        on conflict (instance) do update set seen_at = excluded.seen_at, ended_at = null
        """

    /// Notes that the scheduler is there and gets its work done.
    public func note(_ scheduler: SchedulerProfile) async throws {
        _ = try await pool.query(
            Self.noteSchedulerStatement,
            [scheduler.instance, scheduler.name, scheduler.host, PostgresInterval(scheduler.history)])
    }

    /// Traces that are older than this say nothing any more, and go with the next scheduler that ends.
    static let endSchedulerStatement: Statement = """
        with old as (
            delete from rota.scheduler where seen_at < rota.now() - interval '30 days'
        )
        update rota.scheduler set ended_at = rota.now(), seen_at = rota.now() where instance = $1
        """

    /// Notes that the scheduler has gone.
    public func end(_ scheduler: SchedulerProfile) async throws {
        _ = try await pool.query(Self.endSchedulerStatement, [scheduler.instance])
    }

    static let selectSchedulers: Statement = """
        select instance, name, host, history, started_at, seen_at, ended_at
        from rota.scheduler
        order by seen_at desc, instance
        limit 100
        """

    /// The schedulers that were there in the last month, the one that was seen last first; a hundred at most.
    public func schedulers() async throws -> [ListedScheduler] {
        try await pool.query(Self.selectSchedulers).map { row in
            ListedScheduler(
                profile: SchedulerProfile(
                    name: try row.get(1), instance: try row.get(0), host: try row.get(2),
                    history: .microseconds(try row.get(3, as: PostgresInterval.self).microseconds)),
                startedAt: try row.get(4), seenAt: try row.get(5), endedAt: try row.get(6))
        }
    }
}
