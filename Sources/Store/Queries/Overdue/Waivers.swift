import Model
import Postgres
import Recurrence

/// What people have waived, as SQL.
enum Waivers {
    static let columns =
        "w.id, j.name, c.name, s.name, w.covers, w.reason, w.actor, w.since, w.until, w.withdrawn_at, w.withdrawn_by"

    /// The table's own, for what was just written.
    static let written =
        "id, assignment_id, asset_id, covers, reason, actor, since, until, withdrawn_at, withdrawn_by"

    static let joins = """
        join rota.assignment a on a.id = w.assignment_id
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        left join rota.asset s on s.id = w.asset_id
        """

    /// A row for each target of which something is waived: up to which due moment it is settled. The asset of the client as
    /// a whole is 0.
    ///
    /// - Parameter now: the parameter that holds the moment.
    static func inForce(at now: String) -> String {
        """
        select v.assignment_id, coalesce(v.asset_id, 0) as asset, max(v.covers) as covers
        from rota.waiver v
        where v.withdrawn_at is null and (v.until is null or v.until > \(now))
        group by 1, 2
        """
    }

    /// Those in force that cover a run's moment. Of all open runs it is asked so, and not by a join with `inForce`, which the
    /// planner takes to leave few of them.
    ///
    /// - Parameter run: what `rota.run` is called in the statement.
    static func covering(_ run: String, at now: String) -> String {
        """
        select from rota.waiver v
        where v.assignment_id = \(run).assignment_id and coalesce(v.asset_id, 0) = coalesce(\(run).asset_id, 0)
            and v.covers >= \(run).due_at and v.withdrawn_at is null and (v.until is null or v.until > \(now))
        """
    }

    static func waiver(_ row: Row, from column: Int = 0) throws -> Waiver {
        let withdrawnAt: Instant? = try row.get(column + 9)
        return Waiver(
            id: try row.get(column), job: try row.get(column + 1), client: try row.get(column + 2),
            asset: try row.get(column + 3), covers: try row.get(column + 4), reason: try row.get(column + 5),
            actor: try row.get(column + 6), since: try row.get(column + 7), until: try row.get(column + 8),
            withdrawal: try withdrawnAt.map { Waiver.Withdrawal(at: $0, actor: try row.get(column + 10)) })
    }
}

extension Store {
    static let selectWaivers = Statement(
        """
        select \(Waivers.columns)
        from rota.waiver w
        \(Waivers.joins)
        where w.withdrawn_at is null and (w.until is null or w.until > rota.now())
            and ($1::text is null or c.name = $1) and ($2::text is null or j.name = $2)
        order by c.name, j.name, s.name, w.id
        limit $3
        """)

    static let selectWaiversOfRun = Statement(
        """
        select \(Waivers.columns)
        from rota.run r
        join rota.waiver w on w.assignment_id = r.assignment_id and w.asset_id is not distinct from r.asset_id
            and w.covers >= r.due_at
        \(Waivers.joins)
        where r.id = $1 and r.lane = 'proactive'
        order by w.id
        """)

    static let selectLastWaivers = Statement(
        """
        select distinct on (n.place) n.place, \(Waivers.columns)
        from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
            with ordinality n (job, client, asset, due, place)
        join rota.job j on j.name = n.job
        join rota.client c on c.name = n.client
        join rota.assignment a on a.job_id = j.id and a.client_id = c.id
        join rota.waiver w on w.assignment_id = a.id and w.covers >= n.due
        left join rota.asset s on s.id = w.asset_id
        where s.name is not distinct from n.asset
        order by n.place, w.id desc
        """)

    /// The waivers that are in force, by client, job and asset.
    ///
    /// - Parameter limit: one more is told where there are more.
    public func waivers(client: String? = nil, job: String? = nil, limit: Int) async throws -> [Waiver] {
        try await pool.query(Self.selectWaivers, [client, job, Int64(limit) + 1]).map { try Waivers.waiver($0) }
    }

    /// Every waiver that covers what a run was due for, in force or not, the oldest first.
    public func waivers(ofRun run: Int64) async throws -> [Waiver] {
        try await pool.query(Self.selectWaiversOfRun, [run]).map { try Waivers.waiver($0) }
    }

    /// The last waiver, in force or not, that covered each of these moments; by its place among them.
    public func lastWaivers(
        of moments: [(job: String, client: String, asset: String?, due: Instant)]
    ) async throws -> [Int: Waiver] {
        guard !moments.isEmpty else { return [:] }
        var found: [Int: Waiver] = [:]
        let rows = try await pool.query(
            Self.selectLastWaivers,
            [moments.map(\.job), moments.map(\.client), moments.map(\.asset), moments.map(\.due)])
        for row in rows { found[Int(try row.get(0, as: Int64.self)) - 1] = try Waivers.waiver(row, from: 1) }
        return found
    }
}
