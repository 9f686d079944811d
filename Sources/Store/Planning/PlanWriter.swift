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

        var moment: Moment { Moment(assignment: assignment.id, due: occurrence.due) }
    }

    private struct Moment: Hashable {
        var assignment: Int64
        var due: Instant
    }

    let now: Instant
    /// So many runs are written at once, so that many occurrences together need no more memory for that than one.
    private let most: Int
    /// How many are to be made.
    private(set) var runs = 0
    private var planned: [Planned] = []
    /// Occurrences that were written before, and whether they were new: one that was there already has its runs.
    private var begun: [Moment: Bool] = [:]
    private var moves = MoveWriter()
    private var closed: [(id: Int64, through: Instant, wakeAt: Instant?)] = []
    private var troubles: [(id: Int64, message: String)] = []
    private var effects = SideEffects()

    init(now: Instant, most: Int = PlanningPass.targetsAtOnce) {
        self.now = now
        self.most = most
    }

    mutating func add(_ plan: Plan, of assignment: WakingAssignment, job: Job, _ rollouts: PlanningRollouts) {
        add(runsOf: plan, of: assignment, job: job)
        effects.add(plan, of: assignment, rollouts)
        closed.append((assignment.id, plan.plannedThrough, plan.wakeAt))
    }

    /// The runs alone that a plan makes and moves: further parts of the same occurrences may follow.
    mutating func add(runsOf plan: Plan, of assignment: WakingAssignment, job: Job) {
        for occurrence in plan.occurrences {
            planned.append(Planned(assignment: assignment, job: job, occurrence: occurrence))
            runs += occurrence.runs.count
        }
        for move in plan.moves { moves.add(move) }
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
        let begun = self.begun
        self = PlanWriter(now: now, most: most)
        self.begun = begun
    }

    /// Writes the occurrences, and finds numbers and places for their runs.
    /// - Returns: what writes the last of the runs; those before are written.
    private mutating func placements(
        on connection: isolated Connection
    ) async throws -> [(Statement, [any PostgresValue])] {
        guard !planned.isEmpty else { return [] }
        let unknown = planned.filter { begun[$0.moment] == nil }
        let rows = try await connection.together([
            (Self.insertOccurrences, columns(of: unknown)), (Self.numberRuns, [Int64(runs)]),
        ])
        for one in unknown { begun[one.moment] = false }
        for row in rows[0] { begun[Moment(assignment: try row.get(0), due: try row.get(1))] = true }
        var numbers = try rows[1].only().get(0, as: [Int64]?.self)?[...] ?? []
        var last: [(Statement, [any PostgresValue])] = []
        for batch in batches {
            _ = try await connection.together(last)
            last = try await statements(for: batch, &numbers, on: connection)
        }
        return last
    }

    /// Neighbours among the runs of one occurrence.
    private struct Piece {
        var place: Int
        var runs: Range<Int>
    }

    /// The new runs, as they are written together.
    private var batches: [[Piece]] {
        var batches: [[Piece]] = []
        var room = 0
        for (place, one) in planned.enumerated() where begun[one.moment] == true {
            var rest = one.occurrence.runs.indices
            while !rest.isEmpty {
                if room == 0 {
                    batches.append([])
                    room = most
                }
                let runs = rest.prefix(room)
                batches[batches.count - 1].append(Piece(place: place, runs: runs))
                room -= runs.count
                rest = runs.endIndex..<rest.endIndex
            }
        }
        return batches
    }

    private func statements(
        for batch: [Piece], _ numbers: inout ArraySlice<Int64>, on connection: isolated Connection
    ) async throws -> [(Statement, [any PostgresValue])] {
        let limits = batch.flatMap { piece in planned[piece.place].occurrence.runs[piece.runs].flatMap(\.limits) }
        let groups = try await LimitGroups.groups(limits, on: connection)
        var placements = Placements()
        for piece in batch {
            let one = planned[piece.place]
            let origin = RunOrigin(one.occurrence, of: one.assignment, one.job)
            for run in one.occurrence.runs[piece.runs] {
                placements.add(
                    NewRun(number: numbers.removeFirst(), run: run, limits: groups.array(run.limits)), of: origin)
            }
        }
        return try placements.statements(now: now)
    }

    private func columns(of planned: [Planned]) -> [any PostgresValue] {
        [
            now, planned.map(\.assignment.id), planned.map(\.occurrence.due),
            planned.map(\.occurrence.local.description), planned.map(\.occurrence.zone),
            planned.map(\.assignment.revision),
        ]
    }
}
