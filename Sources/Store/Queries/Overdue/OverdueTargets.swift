import Model
import Postgres
import Recurrence

/// The targets on which work is overdue, of what schedulers have planned. Each is told once.
enum OverdueTargets {
    /// What is open may be a hundred thousand runs: to be compared in memory, but not with all of history, for which
    /// more memory would tempt. Compiling the statement would take longer than running it, what is asked for is warm,
    /// and a plan that does not know the filter takes minutes.
    static let prepare: Statement = """
        select set_config('work_mem', '8MB', true), set_config('jit', 'off', true),
            set_config('random_page_cost', '1', true), set_config('plan_cache_mode', 'force_custom_plan', true)
        """

    /// The targets with a run that should have succeeded before `$9`, and that neither a success settled since it was due
    /// nor a waiver, by how long. A target that is not in its job's scope any more is owed nothing; nothing could settle it either. `$10` and
    /// `$11` are `NarrowedScope`'s.
    ///
    /// Nothing is joined after the grouping, of whose size the planner knows nothing.
    static let select = Statement(
        """
        select r.assignment_id, r.asset_id, min(r.due_by), count(*) over ()
        \(owed)
            and case when r.asset_id is null then j.is_whole else \(JobScope.holdsAsset(("$10", "$11"))) end
        group by r.assignment_id, r.asset_id
        order by 3, 1, 2
        limit $8
        """)

    /// The same of jobs whose targets have a condition, before it was asked: all of them, whatever the limit is.
    static let selectNarrowed = Statement(
        """
        select distinct r.assignment_id, r.asset_id
        \(owed) and j.condition is not null and r.asset_id is not null
        limit nullif($8::bigint, $8)
        """)

    private static let owed = """
        from (
            \(open("held")) union all \(open("ready")) union all \(open("leased")) union all \(open("waiting"))
            union all select run_id, due_at from rota.done where state <> 'succeeded' and \(RunFilter.allows("state"))
        ) o
        join rota.run r on r.id = o.run_id and r.due_at = o.due_at
        join rota.assignment a on a.id = r.assignment_id and a.removed_at is null
        join rota.client c on c.id = a.client_id and c.removed_at is null
        join (\(JobScope.select)) j on j.id = a.job_id
        left join rota.asset t on t.id = r.asset_id
        left join rota.last_success s
            on s.assignment_id = r.assignment_id and coalesce(s.asset_id, 0) = coalesce(r.asset_id, 0)
        where r.due_by < $9 and r.lane = 'proactive'
            and (s.succeeded_at is null or s.succeeded_at < r.due_at) and not exists (\(Waivers.covering("r", at: "$9")))
            and \(RunFilter.ofRun) and \(RunFilter.ofDue)
        """

    private static func open(_ place: String) -> String {
        "select run_id, due_at from rota.\(place) where \(RunFilter.allows("'\(place)'"))"
    }
}
