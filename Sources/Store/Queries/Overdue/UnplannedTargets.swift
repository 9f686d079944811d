import Model
import Postgres
import Recurrence

/// A target of an assignment that no scheduler has looked at for too long.
public struct UnplannedTarget: Sendable, Hashable {
    public var assignment: Int64
    /// Nil is the client as a whole.
    public var asset: String?
    /// What was due up to here is settled: the work was done after it, or a person waived it.
    public var settled: Instant?
}

extension Store {
    /// A target that has an overdue run is left out: it is told by that run.
    static let selectUnplannedTargets = Statement(
        """
        select a.id, t.name, greatest(s.succeeded_at, v.covers)
        from rota.assignment a
        join (\(JobScope.select)) j on j.id = a.job_id
        left join rota.asset t on \(JobScope.holdsAsset(("$4", "$5")))
        left join rota.last_success s on s.assignment_id = a.id and coalesce(s.asset_id, 0) = coalesce(t.id, 0)
        left join (\(Waivers.inForce(at: "$2"))) v on v.assignment_id = a.id and v.asset = coalesce(t.id, 0)
        where a.id = any ($1) and (j.is_whole or t.id is not null) and ($3::text is null or t.name = $3)
            and not exists (\(overdueRun("r.asset_id = t.id")))
            and not exists (\(overdueRun("t.id is null and r.asset_id is null")))
        order by a.id, t.name
        """)

    /// Asked apart for an asset and for the client as a whole, so that either finds its runs by the index.
    private static func overdueRun(_ onTarget: String) -> String {
        """
        select from rota.run r
        where r.assignment_id = a.id and \(onTarget) and r.lane = 'proactive' and r.due_by < $2
            and r.due_at > coalesce(greatest(s.succeeded_at, v.covers), '-infinity')
            and not exists (select from rota.done d where d.run_id = r.id and d.due_at = r.due_at and d.state = 'succeeded')
        """
    }

    /// The targets of assignments, by their definitions as they are now, that have no overdue run.
    ///
    /// - Parameters:
    ///   - asset: only the one of this name.
    ///   - client: that of all the assignments, where it is known.
    ///   - job: that of all the assignments, where it is known.
    public func unplannedTargets(
        of assignments: [Int64], asset: String?, client: String? = nil, job: String? = nil, now: Instant
    ) async throws -> [UnplannedTarget] {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            let scope = try await NarrowedScope.load(
                client: client, job: job, assignments: assignments, now: now, on: connection)
            let rows = try await connection.query(
                Self.selectUnplannedTargets, [assignments, now, asset] + scope.parameters)
            return try rows.map { row in
                try UnplannedTarget(assignment: row.get(0), asset: row.get(1), settled: row.get(2))
            }
        }
    }
}
