import Model
import Postgres
import Recurrence

/// What waits for people: a task to complete, a reminder to acknowledge, or something to decide.
public struct TaskRow: Sendable, Hashable {
    /// What is asked of people.
    public enum Kind: String, Sendable, Hashable, PostgresValue {
        case task, acknowledgement
        /// A rollout has stopped: to let it go on, or to end it.
        case rollout
        /// Nobody knows how a run ended that must not be repeated: to complete it, to have it done again, or to end it.
        case unknown

        /// Whether it is for nobody in particular, and asks for a decision.
        public var isDecision: Bool { self == .rollout || self == .unknown }
    }

    /// Nil for a rollout.
    public var run: Int64?
    public var job: String
    public var client: String
    public var asset: String?
    public var kind: Kind
    /// Nil for a reminder, and for what is to be decided.
    public var assignee: String?
    /// The steps of a task; of what is to be decided why, and by which commands.
    public var checklist: [String]
    public var since: Instant
    public var due: Instant
    /// After it the work is overdue.
    public var dueBy: Instant?
    /// What the job is about, in its manifest's words.
    public var summary: String?
}

extension Store {
    static let selectTasks = Statement(
        """
        select r.id, j.name, c.name, t.name, w.kind, w.assignee, w.steps, w.since, r.due_at, r.due_by,
            v.definition ->> 'summary'
        from (
            select p.run_id, p.due_at, p.waits_for as kind, p.assignee,
                array(select jsonb_array_elements_text(coalesce(p.checklist, '[]'))) as steps, p.since,
                'waiting' as state
            from rota.waiting p
            union all
            select h.run_id, h.due_at, 'unknown', null, array[h.why], h.since, 'held'
            from rota.held h where h.hold = 'unknown'
        ) w
        join rota.run r on r.id = w.run_id and r.due_at = w.due_at
        join rota.job j on j.id = r.job_id
        join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
        join rota.client c on c.id = r.client_id
        left join rota.asset t on t.id = r.asset_id
        where \(RunFilter.ofRun) and \(RunFilter.ofDue) and \(RunFilter.allows("w.state"))
            and ($9::text is null or w.assignee = $9)
        order by coalesce(r.due_by, r.due_at), r.id
        limit $8
        """)

    /// Rollouts that have stopped, and wait for somebody's word.
    public func stoppedRollouts(_ filter: RunFilter) async throws -> [TaskRow] {
        guard filter.asset == nil else { return [] }
        return try await rollouts(job: filter.job, client: filter.client).rollouts.filter(\.isStopped).map { rollout in
            var why = ""
            if case .stopped(let reason) = rollout.position { why = reason }
            return TaskRow(
                run: nil, job: rollout.job, client: rollout.client ?? "all clients", asset: nil, kind: .rollout,
                assignee: nil,
                checklist: ["\(why): rota rollout resume \(rollout.job), or rota rollout abort \(rollout.job)"],
                since: rollout.stoppedAt ?? rollout.due, due: rollout.due, dueBy: nil, summary: nil)
        }
    }

    /// What waits for people, the most urgent first.
    ///
    /// - Parameter assignee: only what waits for this person or group.
    public func tasks(_ filter: RunFilter, assignee: String? = nil) async throws -> Page<TaskRow> {
        let rows = try await pool.query(Self.selectTasks, filter.parameters + [assignee])
        return Page(
            try rows.map { row in
                var task = try TaskRow(
                    run: row.get(0), job: row.get(1), client: row.get(2), asset: row.get(3), kind: row.get(4),
                    assignee: row.get(5), checklist: row.get(6), since: row.get(7), due: row.get(8),
                    dueBy: row.get(9), summary: row.get(10))
                if task.kind == .unknown, let run = task.run { task.checklist = Self.choices(run, task.checklist) }
                return task
            }, limit: filter.limit)
    }

    /// What a person may say of a run of which nobody knows how it ended.
    private static func choices(_ run: Int64, _ why: [String]) -> [String] {
        [
            "nobody knows how it ended (\(why.joined(separator: "; "))), and it is not done again by itself: "
                + "rota complete \(run), rota retry \(run), or rota cancel \(run)"
        ]
    }
}
