import Model
import Postgres
import Recurrence

/// What is known about that which jobs require.
struct PlanningFacts: Sendable {
    /// Those on assets with numbers from `$3` to `$4`, and those of clients as a whole.
    static let selectSuccesses: Statement = """
        select n.name, n.client_id, s.asset_id, s.succeeded_at
        from unnest($1::text[], $2::bigint[]) n (name, client_id)
        join rota.job j on j.name = n.name
        join rota.assignment a on a.job_id = j.id and a.client_id = n.client_id
        cross join lateral (
            select l.asset_id, l.succeeded_at from rota.last_success l
            where l.assignment_id = a.id and l.asset_id between $3 and $4
            union all
            select l.asset_id, l.succeeded_at from rota.last_success l
            where l.assignment_id = a.id and l.asset_id is null
        ) s
        """

    /// The worst on each target, of assets with numbers from `$2` to `$3`, and of clients as a whole.
    static let selectFindings: Statement = """
        select distinct on (a.client_id, f.asset_id) a.client_id, f.asset_id, j.name, f.severity, f.text, f.found_at
        from unnest($1::bigint[]) n (client_id)
        join rota.assignment a on a.client_id = n.client_id
        join rota.finding f on f.assignment_id = a.id and f.closed_at is null
            and (f.asset_id is null or f.asset_id between $2 and $3)
        join rota.job j on j.id = a.job_id
        order by a.client_id, f.asset_id, case f.severity when 'critical' then 0 when 'warning' then 1 else 2 end,
            f.found_at
        """

    static let selectFailures = Statement(
        """
        select n.assignment_id, f.run_id, f.reason
        from unnest($1::bigint[]) n (assignment_id)
        join rota.assignment a on a.id = n.assignment_id
        \(lastFailure)
        """)

    /// The last run of an assignment `a` that failed for good since anything of it was last resumed, by a revision that pauses
    /// then, as `f`.
    static let lastFailure = """
        cross join lateral (
            select d.run_id, d.reason
            from rota.done d
            join rota.run r on r.id = d.run_id and r.due_at = d.due_at
            join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
                and v.definition -> 'pauseOnFailure' = 'true'
            where d.assignment_id = a.id and d.state = 'failed'
                and d.finished_at > coalesce((
                    select max(p.resumed_at) from rota.pause p
                    where p.job_id = a.job_id and coalesce(p.client_id, a.client_id) = a.client_id), '-infinity')
            order by d.finished_at desc limit 1) f
        """

    static let selectQueues: Statement = """
        select distinct q from rota.worker w cross join unnest(w.queues) q
        where w.ended_at is null and w.seen_at > rota.now() - interval '1 minute'
        """

    private struct Wanted: Hashable {
        var job: String
        var client: Int64
    }

    private var successes: [Wanted: [Int64?: Instant]] = [:]
    private var findings: [Int64: [Int64?: RequirementFacts.OpenFinding]] = [:]
    private var failures: [Int64: FailedRun] = [:]
    private var liveQueues: Set<String> = []

    static func load(
        for assignments: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions,
        on connection: isolated Connection
    ) async throws -> PlanningFacts {
        var facts = try await ofAll(assignments, definitions, on: connection)
        try await facts.loadTargets(of: assignments, .all, definitions, on: connection)
        return facts
    }

    /// What is not about single targets.
    static func ofAll(
        _ assignments: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions,
        on connection: isolated Connection
    ) async throws -> PlanningFacts {
        var facts = PlanningFacts()
        let jobs = assignments.map { ($0.id, definitions.readableJob(of: $0)) }
        try await facts.loadFailures(of: jobs.filter { $0.1?.pauseOnFailure == true }.map(\.0), on: connection)
        if jobs.contains(where: { $0.1?.whenOffline == .skip }) {
            facts.liveQueues = Set(try await connection.query(selectQueues).map { try $0.get(0, as: String.self) })
        }
        return facts
    }

    /// What is about targets, of some of them, instead of what was known of others.
    mutating func loadTargets(
        of assignments: ArraySlice<WakingAssignment>, _ range: TargetRange, _ definitions: PlanningDefinitions,
        on connection: isolated Connection
    ) async throws {
        var wanted: Set<Wanted> = []
        var clients: Set<Int64> = []
        for assignment in assignments {
            guard let job = definitions.readableJob(of: assignment) else { continue }
            for name in job.requiredJobs { wanted.insert(Wanted(job: name, client: assignment.clientID)) }
            if job.requiresNoFinding { clients.insert(assignment.clientID) }
        }
        (successes, findings) = ([:], [:])
        try await loadSuccesses(Array(wanted), range, on: connection)
        try await loadFindings(of: Array(clients), range, on: connection)
    }

    func facts(of job: Job, client: Int64) -> RequirementFacts {
        guard job.requires != nil else { return RequirementFacts() }
        var known = RequirementFacts(findings: findings[client] ?? [:])
        for name in job.requiredJobs { known.successes[name] = successes[Wanted(job: name, client: client)] }
        return known
    }

    func failure(of assignment: WakingAssignment) -> FailedRun? { failures[assignment.id] }

    func hasWorker(for job: Job) -> Bool { liveQueues.contains(job.queue) }

    private mutating func loadSuccesses(
        _ wanted: [Wanted], _ range: TargetRange, on connection: isolated Connection
    ) async throws {
        guard !wanted.isEmpty else { return }
        let jobs: [any PostgresValue] = [wanted.map(\.job), wanted.map(\.client)]
        for row in try await connection.query(Self.selectSuccesses, jobs + [range.from, range.through]) {
            let key = Wanted(job: try row.get(0), client: try row.get(1))
            successes[key, default: [:]][try row.get(2)] = try row.get(3, as: Instant.self)
        }
    }

    private mutating func loadFindings(
        of clients: [Int64], _ range: TargetRange, on connection: isolated Connection
    ) async throws {
        guard !clients.isEmpty else { return }
        for row in try await connection.query(Self.selectFindings, [clients, range.from, range.through]) {
            findings[try row.get(0), default: [:]][try row.get(1)] = RequirementFacts.OpenFinding(
                job: try row.get(2), severity: try row.get(3), text: try row.get(4), since: try row.get(5))
        }
    }

    private mutating func loadFailures(of assignments: [Int64], on connection: isolated Connection) async throws {
        guard !assignments.isEmpty else { return }
        for row in try await connection.query(Self.selectFailures, [assignments]) {
            failures[try row.get(0)] = FailedRun(id: try row.get(1), reason: try row.get(2))
        }
    }
}
