import Model
import Postgres
import Recurrence

/// A run that should have succeeded by now: the oldest on its target that nothing has settled.
public struct OverdueRun: Sendable, Hashable {
    public var assignment: Int64
    public var row: RunRow
    /// When it became overdue.
    public var late: Instant
}

/// The oldest overdue runs, one for each target.
public struct OverdueRuns: Sendable, Hashable {
    public var runs: [OverdueRun]
    /// Of all targets, those beyond the limit included.
    public var total: Int
}

extension Store {
    /// The oldest unsettled run of each target (`$10` with `$11`, whose null is the client as a whole).
    static let selectOverdueRuns = Statement(
        """
        select \(RunRow.columns), r.assignment_id, r.due_by
        from unnest($10::bigint[], $11::bigint[]) as n (assignment_id, asset_id)
        left join rota.last_success s
            on s.assignment_id = n.assignment_id and coalesce(s.asset_id, 0) = coalesce(n.asset_id, 0)
        left join (\(Waivers.inForce(at: "$9"))) v
            on v.assignment_id = n.assignment_id and v.asset = coalesce(n.asset_id, 0)
        cross join lateral (
            (\(oldest("r.asset_id = n.asset_id"))) union all (\(oldest("r.asset_id is null and n.asset_id is null")))
        ) x
        join rota.run r on r.id = x.id
        \(RunRow.joins)
        where \(RunFilter.ofRun)
        order by r.due_by, r.id
        limit $8
        """)

    /// Where `rota.run r` stands, looked for only where it is asked.
    private static let state = """
        case when exists (select from rota.held h where h.run_id = r.id) then 'held'
            when exists (select from rota.ready q where q.run_id = r.id) then 'ready'
            when exists (select from rota.leased l where l.run_id = r.id) then 'leased'
            when exists (select from rota.waiting w where w.run_id = r.id) then 'waiting'
            else (select d.state from rota.done d where d.run_id = r.id and d.due_at = r.due_at) end
        """

    private static func oldest(_ onTarget: String) -> String {
        """
        select r.id from rota.run r
        where r.assignment_id = n.assignment_id and \(onTarget) and r.lane = 'proactive' and r.due_by < $9
            and r.due_at > coalesce(greatest(s.succeeded_at, v.covers), '-infinity') and \(RunFilter.ofDue)
            and not exists (select from rota.done d where d.run_id = r.id and d.due_at = r.due_at and d.state = 'succeeded')
            and \(RunFilter.allows(state))
        order by r.due_at, r.id limit 1
        """
    }

    /// What schedulers have planned, and what should have succeeded before `now`: the oldest run of each target,
    /// whatever became of it, or the oldest that stands in one of the filter's states.
    public func overdueRuns(_ filter: RunFilter, now: Instant) async throws -> OverdueRuns {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            _ = try await connection.query(OverdueTargets.prepare)
            let scope = try await NarrowedScope.load(ofOverdue: filter, now: now, on: connection)
            let targets = try await connection.query(
                OverdueTargets.select, filter.parameters + [now] + scope.parameters)
            let assignments: [Int64] = try targets.map { try $0.get(0) }
            let assets: [Int64?] = try targets.map { try $0.get(1) }
            let rows = try await connection.query(
                Self.selectOverdueRuns, filter.parameters + [now, assignments, assets])
            return OverdueRuns(
                runs: try rows.prefix(filter.limit).map { try OverdueRun($0) },
                total: try targets.first?.get(3) ?? 0)
        }
    }
}

extension OverdueRun {
    fileprivate init(_ row: Row) throws {
        self.row = try RunRow(row)
        assignment = try row.get(RunRow.width)
        late = try row.get(RunRow.width + 1)
    }
}
