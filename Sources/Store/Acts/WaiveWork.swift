import Model
import Postgres
import Recurrence

/// What became of the wish to waive work, or to take a waiver back.
public enum WaiveResult: Sendable, Equatable {
    /// The waivers that were made or withdrawn: one for each target.
    case done([Waiver])
    /// Somebody did so before, and it is in force.
    case alreadyWaived(Waiver)
    /// Nobody is owed the work: the text says why.
    case notOwed(String)
    /// Nothing is waived there.
    case notWaived
    case unknown
    /// The job is there, but for no such client or asset: the text says which.
    case noTarget(String)
}

extension Store {
    static let selectRunTarget: Statement = """
        select r.assignment_id, r.asset_id, r.due_at, r.lane, d.state, rota.now()
        from rota.run r left join rota.done d on d.run_id = r.id and d.due_at = r.due_at
        where r.id = $1
        """

    static let insertWaivers = Statement(
        """
        with made as (
            insert into rota.waiver (assignment_id, asset_id, covers, reason, actor, since, until)
            select $1, n.asset_id, greatest($3::timestamptz, m.now), $4, $5, m.now, $6
            from unnest($2::bigint[]) n (asset_id), (select rota.now() as now) m
            returning \(Waivers.written)
        )
        select \(Waivers.columns) from made w \(Waivers.joins) order by s.name
        """)

    /// Waives what is owed on the run's target: all that was due there up to now, and up to the run's own moment. The run
    /// stays where it is.
    ///
    /// - Parameter until: from then on it is owed again; nil is for good.
    public func waive(run: Int64, reason: String, until: Instant?, actor: String) async throws -> WaiveResult {
        try await pool.transaction { connection in
            guard let row = try await connection.query(Self.selectRunTarget, [run]).first else { return .unknown }
            if try row.get(3, as: Lane.self) == .reactive {
                return .notOwed("run \(run) was asked for by hand, and is never overdue")
            }
            let state: RunState? = try row.get(4)
            if state == .succeeded { return .notOwed("run \(run) succeeded") }
            let target = WaivedTarget(assignment: try row.get(0), assets: [try row.get(1)])
            let due: Instant = try row.get(2)
            if let waiver = try await target.inForce(covering: due, on: connection).first {
                return .alreadyWaived(waiver)
            }
            let made = try await connection.query(
                Self.insertWaivers, [target.assignment, target.assets, due, reason, actor, until]
            ).map { try Waivers.waiver($0) }
            try await Self.record("waive", made, subject: "run/\(run)", reason: reason, actor: actor, on: connection)
            return .done(made)
        }
    }

    /// Waives what is owed of a job at a client, on one asset or on all that the job works on there: all that was due up to
    /// now, whether runs were made of it or not.
    ///
    /// - Parameter until: from then on it is owed again; nil is for good.
    public func waive(
        job: String, client: String, asset: String?, reason: String, until: Instant?, actor: String
    ) async throws -> WaiveResult {
        try await pool.transaction { connection in
            guard let number = try await FindJob.number(of: job, on: connection) else { return .unknown }
            guard let row = try await connection.query(Self.selectAssignmentsOfJob, [number, client]).first else {
                return .noTarget("job \(job) is not for client '\(client)'")
            }
            let request = try RunRequest(row, job: number, actor: actor)
            let assets = try await request.targets(asset: asset, on: connection)
            guard !assets.isEmpty else { return .noTarget(Self.noTarget(job, client, asset)) }
            let made = try await connection.query(
                Self.insertWaivers, [request.assignment, assets, Instant?.none, reason, actor, until]
            ).map { try Waivers.waiver($0) }
            let subject = PauseSubject(job: job, client: client, asset: asset).description
            try await Self.record("waive", made, subject: subject, reason: reason, actor: actor, on: connection)
            return .done(made)
        }
    }

    static func record(
        _ verb: String, _ waivers: [Waiver], subject: String, reason: String?, actor: String,
        on connection: isolated Connection
    ) async throws {
        let detail = try JSON(encoding: WaivedDetail(waivers))
        try await Act(actor: actor, verb: verb, subject: subject, reason: reason, detail: detail).record(on: connection)
    }
}

/// What the log of acts keeps of waivers besides their reason.
private struct WaivedDetail: Encodable {
    var waivers: [Int64]
    var covers: Instant?
    var until: Instant?

    init(_ waivers: [Waiver]) {
        self.waivers = waivers.map(\.id)
        covers = waivers.first?.covers
        until = waivers.first?.until
    }
}
