import Model
import Postgres
import Recurrence

/// Where the runs of a benchmark stand: a queue and a month of their own, far from anybody's work, so that all of it can
/// be dropped as a whole.
public struct BenchPlace: Sendable, Hashable {
    public let queue: String
    /// Its first day, `9321-04-01`. Runs are due in it, a microsecond after each other.
    let month: String
    let job: Int64
    let client: Int64
    let first: Instant

    init?(month: String, job: Int64, client: Int64) {
        guard let first = Instant(rfc3339: "\(month)T00:00:00Z") else { return nil }
        queue = "rota bench \(month)"
        self.month = month
        self.job = job
        self.client = client
        self.first = first
    }

    /// What a worker of a benchmark is called.
    public static let workerName = "rota bench"
    /// Nothing else is ever due so late: no rule is looked at so far ahead.
    private static let years = 9000...9899

    /// The number with which a run was made.
    public func number(due: Instant) -> Int64 { due.microseconds - first.microseconds }

    static func randomMonth() -> String {
        let month = Int.random(in: 1...12)
        return "\(Int.random(in: years))-\(month < 10 ? "0" : "")\(month)-01"
    }

    static var firstYear: Int32 { Int32(years.lowerBound) }
}

extension Store {
    /// The definitions that runs of benchmarks name: as good as removed when they are made, so that nobody sees them.
    static let makeBenchDefinitions: Statement = """
        with client as (
            insert into rota.client (name, definition, changed_at, removed_at)
            values ('rota bench', $1, rota.now(), rota.now())
            on conflict (name) do update set definition = excluded.definition
            returning id
        ), job as (
            insert into rota.job (name, revision, changed_at, removed_at)
            values ('rota bench', 1, rota.now(), rota.now())
            on conflict (name) do update set changed_at = excluded.changed_at
            returning id
        ), revision as (
            insert into rota.job_revision (job_id, revision, definition, applied_at, applied_by)
            select id, 1, $2, rota.now(), 'rota bench' from job
            on conflict (job_id, revision) do nothing
        )
        select job.id, client.id from job, client
        """

    /// Months of benchmarks that were killed: nobody holds their lock.
    static let selectBenchLeftovers: Statement = """
        select m.month::text from rota.months() m (month)
        where extract(year from m.month) >= $1
            and pg_try_advisory_xact_lock(hashtextextended('rota.bench ' || m.month, 0))
        """

    static let holdBenchMonth: Statement = """
        select pg_try_advisory_lock(hashtextextended('rota.bench ' || $1::text, 0)) and rota.make_month($1::text::date)
        """

    static let releaseBenchMonth: Statement =
        "select pg_advisory_unlock(hashtextextended('rota.bench ' || $1::text, 0))"

    /// What follows deletes runs from where they stand: no move from one place to another, which is all that is allowed
    /// otherwise.
    static let beginBenchRemoval: Statement = "select set_config('rota.verb', 'on', true)"

    /// All of them may start at once, and are found by the order in which workers take them.
    static let deleteBenchReady: Statement =
        "delete from rota.ready where is_due and stream = rota.stream('rota bench ' || $1::text, 'reactive')"

    static let deleteBenchLeases: Statement = """
        delete from rota.lease
        where dues[1] >= $1::text::timestamptz and dues[1] < $1::text::timestamptz + interval '32 days'
        """

    static let deleteBenchWorkers: Statement = """
        delete from rota.worker w
        where w.queues = array['rota bench ' || $1::text]
            and not exists (select from rota.lease l where l.worker_id = w.id)
        """

    /// Makes a place for a benchmark, and removes what others that were killed have left.
    ///
    /// - Parameter connection: holds the place until it is closed.
    public static func makeBenchPlace(on connection: isolated Connection) async throws -> BenchPlace {
        let leftovers = try await connection.transaction { connection in
            try await connection.query(selectBenchLeftovers, [BenchPlace.firstYear])
                .map { try $0.get(0, as: String.self) }
        }
        for month in leftovers { try await removeBench(month, on: connection) }
        let client = Client(name: "rota bench", timezone: "UTC")
        let job = Job(
            name: "rota bench", schedule: ScheduleRule(every: Span(days: 1)),
            action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 60))))
        let definitions = try await connection.query(
            makeBenchDefinitions, [try JSON(encoding: client), try JSON(encoding: job)]
        ).only()
        while true {
            let month = BenchPlace.randomMonth()
            guard try await connection.query(holdBenchMonth, [month]).only().get(0),
                let place = BenchPlace(month: month, job: try definitions.get(0), client: try definitions.get(1))
            else { continue }
            return place
        }
    }

    /// Removes all that was made in the place.
    public static func remove(_ place: BenchPlace, on connection: isolated Connection) async throws {
        try await removeBench(place.month, on: connection)
        _ = try await connection.query(releaseBenchMonth, [place.month])
    }

    private static func removeBench(_ month: String, on connection: isolated Connection) async throws {
        try await connection.transaction { connection in
            _ = try await connection.query(beginBenchRemoval)
            for statement in [deleteBenchLeases, deleteBenchReady, deleteBenchWorkers] {
                _ = try await connection.query(statement, [month])
            }
            _ = try await connection.query(dropMonth, [month])
        }
    }
}
