import Model
import Postgres
import Recurrence

/// Writes the effects of plans, of many at once. Their assignments are locked, so that nobody else plans them meanwhile.
struct PlanWriter: Sendable {
    static let insertOccurrences: Statement = """
        insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
        select o.assignment_id, o.due_at, o.local_time, o.zone, o.revision, $1
        from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::integer[])
            as o (assignment_id, due_at, local_time, zone, revision)
        on conflict (assignment_id, due_at) do nothing
        returning assignment_id, due_at
        """

    static let numberRuns: Statement = "select array_agg(nextval('rota.run_id')) from generate_series(1, $1)"

    static let closePlans: Statement = """
        update rota.assignment a set planned_through = n.planned_through, wake_at = n.wake_at, trouble = null
        from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as n (id, planned_through, wake_at)
        where a.id = n.id and a.removed_at is null
        """

    static let noteTroubles: Statement = """
        update rota.assignment a set wake_at = rota.now() + $1, trouble = n.trouble
        from unnest($2::bigint[], $3::text[]) as n (id, trouble)
        where a.id = n.id
        """

    /// After trouble with an assignment (its zone has gone from the system's data, say) it is looked at again.
    static let troubleWait = Duration.seconds(60)

    private struct Planned: Sendable {
        var assignment: WakingAssignment
        var job: Job
        var occurrence: PlannedOccurrence
    }

    let now: Instant
    /// How many are to be made.
    private(set) var runs = 0
    private var planned: [Planned] = []
    private var moves = MoveWriter()
    private var closed: [(id: Int64, through: Instant, wakeAt: Instant?)] = []
    private var troubles: [(id: Int64, message: String)] = []
    private var effects = SideEffects()

    init(now: Instant) { self.now = now }

    mutating func add(_ plan: Plan, of assignment: WakingAssignment, job: Job, _ rollouts: PlanningRollouts) {
        for occurrence in plan.occurrences {
            planned.append(Planned(assignment: assignment, job: job, occurrence: occurrence))
            runs += occurrence.runs.count
        }
        for move in plan.moves { moves.add(move) }
        effects.add(plan, of: assignment, rollouts)
        closed.append((assignment.id, plan.plannedThrough, plan.wakeAt))
    }

    /// - Returns: what is told of it.
    mutating func add(trouble error: any Error, of assignment: WakingAssignment) -> PlanningPass.Trouble {
        let message = String(describing: error)
        troubles.append((assignment.id, message))
        return PlanningPass.Trouble(job: assignment.jobName, client: assignment.clientName, message: message)
    }

    /// Writes what was added, and begins anew.
    mutating func write(on connection: isolated Connection) async throws {
        var statements = try await placements(on: connection)
        statements += try moves.statements(now: now)
        statements += effects.statements(now: now)
        if !closed.isEmpty {
            statements.append((Self.closePlans, [closed.map(\.id), closed.map(\.through), closed.map(\.wakeAt)]))
        }
        if !troubles.isEmpty {
            let wait = PostgresInterval(Self.troubleWait)
            statements.append((Self.noteTroubles, [wait, troubles.map(\.id), troubles.map(\.message)]))
        }
        _ = try await connection.together(statements)
        self = PlanWriter(now: now)
    }

    private struct Moment: Hashable {
        var assignment: Int64
        var due: Instant
    }

    /// So many runs are written at once, so that an occurrence on a hundred thousand targets needs no more memory for that
    /// than one on as many as this.
    private static let mostAtOnce = 20_000

    /// Writes the occurrences, and finds numbers and places for their runs. An occurrence that is there already has its runs.
    /// - Returns: what writes the last of the runs; those before are written.
    private func placements(on connection: isolated Connection) async throws -> [(Statement, [any PostgresValue])] {
        guard !planned.isEmpty else { return [] }
        let rows = try await connection.together([
            (Self.insertOccurrences, occurrenceColumns), (Self.numberRuns, [Int64(runs)]),
        ])
        let new = try self.new(rows[0])
        let numbers: [Int64] = try rows[1].only().get(0, as: [Int64]?.self) ?? []
        var next = numbers.startIndex
        var slice: [NewRun] = []
        for one in new {
            for run in one.occurrence.runs {
                if slice.count == Self.mostAtOnce {
                    _ = try await connection.together(try await statements(for: slice, on: connection))
                    slice = []
                }
                slice.append(
                    NewRun(
                        number: numbers[next], run: run, occurrence: one.occurrence, assignment: one.assignment,
                        job: one.job))
                next += 1
            }
        }
        return try await statements(for: slice, on: connection)
    }

    private func statements(
        for slice: [NewRun], on connection: isolated Connection
    ) async throws -> [(Statement, [any PostgresValue])] {
        let groups = try await LimitGroups.groups(slice.flatMap(\.run.limits), on: connection)
        var placements = Placements()
        for var new in slice {
            new.limits = groups.array(new.run.limits)
            placements.add(new)
        }
        return try placements.statements(now: now)
    }

    /// Those that were written.
    private func new(_ written: Rows) throws -> [Planned] {
        if written.count == planned.count { return planned }
        let moments = Set(try written.map { try Moment(assignment: $0.get(0), due: $0.get(1)) })
        return planned.filter { moments.contains(Moment(assignment: $0.assignment.id, due: $0.occurrence.due)) }
    }

    private var occurrenceColumns: [any PostgresValue] {
        [
            now, planned.map(\.assignment.id), planned.map(\.occurrence.due),
            planned.map(\.occurrence.local.description), planned.map(\.occurrence.zone),
            planned.map(\.assignment.revision),
        ]
    }
}
