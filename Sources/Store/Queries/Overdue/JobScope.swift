/// What a job works on now, as SQL.
enum JobScope {
    /// A row for each job that is not removed. `offset 0` has it made once a job, not once a run.
    static let select = """
        select j.id, j.name, v.definition -> 'targets' is null as is_whole,
            array(select jsonb_array_elements_text(v.definition #> '{targets,is}')) as kinds,
            coalesce(v.definition #> '{targets,labels}', '{}') as labels,
            v.definition #>> '{targets,where}' as condition, v.definition -> 'targets' as targets
        from rota.job j join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        where j.removed_at is null
        offset 0
        """

    /// Whether `rota.asset t` is a target of assignment `a` of such a job `j`.
    ///
    /// - Parameter scope: the places of `NarrowedScope`'s two parameters.
    static func holdsAsset(_ scope: (assignments: String, assets: String)) -> String {
        """
        not j.is_whole and t.removed_at is null and t.client_id = a.client_id
            and (j.kinds = '{}' or t.kind = any (j.kinds)) and (j.labels = '{}' or t.labels @> j.labels)
            and (
                j.condition is null
                or (a.id, t.id) in (select * from unnest(\(scope.assignments)::bigint[], \(scope.assets)::bigint[])))
        """
    }
}
