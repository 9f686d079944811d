import Model
import Postgres
import Recurrence

/// What plans do beside making and moving runs: rollouts that are stopped, runs in hand that are ended, jobs that are paused.
struct SideEffects: Sendable {
    /// One that is stopped already is not stopped again.
    static let haltRollouts: Statement = """
        insert into rota.rollout_event (scope, job_id, client_id, due_at, event, at, actor, why)
        select n.scope, n.job_id, case when not n.is_across then n.client_id end, n.due_at, 'stopped', $1, 'rota', n.why
        from unnest($2::text[], $3::bigint[], $4::bigint[], $5::boolean[], $6::timestamptz[], $7::text[])
            n (scope, job_id, client_id, is_across, due_at, why)
        where coalesce((
            select e.event from rota.rollout_event e where e.scope = n.scope order by e.id desc limit 1), '') <> 'stopped'
        """

    static let endRuns: Statement = """
        with asked as (
            insert into rota.cancel_request (attempt_id, asked_at, actor, reason)
            select rota.attempt_number(l.id, u.place), $1, 'rota', n.reason
            from unnest($2::bigint[], $3::text[]) n (run_id, reason)
            join rota.lease l on n.run_id = any (l.runs)
            cross join unnest(l.runs) with ordinality u (run_id, place)
            where u.run_id = n.run_id
            on conflict (attempt_id) do nothing
            returning attempt_id
        )
        select pg_notify('rota_cancel', a.attempt_id::text) from asked a
        """

    static let pauseJobs: Statement = """
        select rota.pause_on_failure(n.assignment_id, n.reason)
        from unnest($1::bigint[], $2::text[]) n (assignment_id, reason)
        """

    private var scopes: [String] = []
    private var jobs: [Int64] = []
    private var clients: [Int64] = []
    private var areAcross: [Bool] = []
    private var dues: [Instant] = []
    private var whys: [String] = []
    private var ended: [Int64] = []
    private var reasons: [String] = []
    private var paused: [Int64] = []
    private var pauseReasons: [String] = []

    mutating func add(_ plan: Plan, of assignment: WakingAssignment, _ rollouts: PlanningRollouts) {
        for halt in plan.halts {
            guard let scope = rollouts.scope(of: assignment, due: halt.due) else { continue }
            scopes.append(scope)
            jobs.append(assignment.jobID)
            clients.append(assignment.clientID)
            areAcross.append(scope.hasPrefix("\(assignment.jobName)/*/"))
            dues.append(halt.due)
            whys.append(halt.why)
        }
        for end in plan.ends {
            ended.append(end.run.id)
            reasons.append(end.reason)
        }
        if let pause = plan.pause {
            paused.append(assignment.id)
            pauseReasons.append(pause)
        }
    }

    func statements(now: Instant) -> [(Statement, [any PostgresValue])] {
        var statements: [(Statement, [any PostgresValue])] = []
        if !scopes.isEmpty {
            statements.append((Self.haltRollouts, [now, scopes, jobs, clients, areAcross, dues, whys]))
        }
        if !ended.isEmpty { statements.append((Self.endRuns, [now, ended, reasons])) }
        if !paused.isEmpty { statements.append((Self.pauseJobs, [paused, pauseReasons])) }
        return statements
    }
}
