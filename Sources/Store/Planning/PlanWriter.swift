import Model
import Postgres
import Recurrence

/// Writes a plan's effects. The assignment is locked, so that nobody else plans it meanwhile.
struct PlanWriter: Sendable {
    static let insertOccurrences: Statement = """
        insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
        select $1, o.due_at, o.local_time, o.zone, $2, $3
        from unnest($4::timestamptz[], $5::text[], $6::text[]) as o (due_at, local_time, zone)
        on conflict (assignment_id, due_at) do nothing
        returning due_at
        """

    static let insertRuns: Statement = """
        insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, due_by,
            made_at, limits)
        select $1, $2, $3, $4, n.asset_id, 'proactive', $5, $6, n.due_at, n.due_by, $7, n.limits::bigint[]
        from unnest($8::bigint[], $9::timestamptz[], $10::timestamptz[], $11::text[]) as n (asset_id, due_at, due_by, limits)
        returning id, asset_id, due_at
        """

    static let closePlan: Statement = """
        update rota.assignment set planned_through = $2, wake_at = $3, trouble = null
        where id = $1 and removed_at is null
        """

    static let notifyReady: Statement = "select pg_notify('rota_ready', $1)"

    let assignment: WakingAssignment
    let job: Job

    func write(_ plan: Plan, on connection: isolated Connection) async throws {
        var placements = Placements(assignment: assignment.id, now: assignment.now)
        if !plan.occurrences.isEmpty {
            for (run, due, placement) in try await insert(plan.occurrences, on: connection) {
                placements.add(run, due: due, placement)
            }
        }
        try await placements.insert(on: connection)
        let becameReady = try await MoveWriter(now: assignment.now).write(plan.moves, on: connection)
        if becameReady || placements.hasReady {
            _ = try await connection.query(Self.notifyReady, [job.queue])
        }
        _ = try await connection.query(Self.closePlan, [assignment.id, plan.plannedThrough, plan.wakeAt])
    }

    /// A planned run is known by its target and moment until it has its number.
    private struct Key: Hashable {
        var target: Int64?
        var due: Instant
    }

    private func insert(
        _ planned: [PlannedOccurrence], on connection: isolated Connection
    ) async throws -> [(Int64, Instant, Placement)] {
        let new = try await connection.query(
            Self.insertOccurrences,
            [
                assignment.id, assignment.revision, assignment.now, planned.map(\.due),
                planned.map(\.local.description), planned.map(\.zone),
            ]
        ).map { row in try row.get(0, as: Instant.self) }
        let isNew = Set(new)
        var placementByKey: [Key: Placement] = [:]
        let limited = planned.filter { isNew.contains($0.due) }.flatMap { $0.runs.flatMap(\.limits) }
        let groups = try await LimitGroups.groups(limited, on: connection)
        var columns = RunColumns()
        // An occurrence that is there already has its runs.
        for occurrence in planned where isNew.contains(occurrence.due) {
            for run in occurrence.runs {
                columns.append(run.target, occurrence, groups.array(run.limits))
                placementByKey[Key(target: run.target, due: occurrence.due)] = run.placement
            }
        }
        return try await insert(columns, on: connection).compactMap { row in
            let key = try Key(target: row.get(1), due: row.get(2))
            return try placementByKey[key].map { (try row.get(0, as: Int64.self), key.due, $0) }
        }
    }

    private struct RunColumns {
        var targets: [Int64?] = []
        var dues: [Instant] = []
        var dueBys: [Instant?] = []
        var limits: [String?] = []

        mutating func append(_ target: Int64?, _ occurrence: PlannedOccurrence, _ limits: String?) {
            self.limits.append(limits)
            targets.append(target)
            dues.append(occurrence.due)
            dueBys.append(occurrence.dueBy)
        }
    }

    private func insert(_ columns: RunColumns, on connection: isolated Connection) async throws -> Rows {
        try await connection.query(
            Self.insertRuns,
            [
                assignment.id, assignment.jobID, assignment.revision, assignment.clientID, job.queue,
                Int16(job.priority), assignment.now, columns.targets, columns.dues, columns.dueBys,
                columns.limits,
            ])
    }
}
