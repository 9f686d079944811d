import Model
import Postgres
import Recurrence

extension Store {
    static let selectHistory = Statement(
        """
        with picked (run_id, due_at, finished_at) as (
            select d.run_id, d.due_at, d.finished_at
            from rota.done d join rota.run r on r.id = d.run_id and r.due_at = d.due_at
            where \(RunFilter.allows("d.state")) and \(RunFilter.ofRun) and \(RunFilter.ofFinish)
            order by d.finished_at desc, d.run_id desc limit $8
        )
        select \(RunRow.columns)
        from picked p
        join rota.run r on r.id = p.run_id and r.due_at = p.due_at
        \(RunRow.joins)
        order by p.finished_at desc, p.run_id desc
        """)

    /// What went on: the runs that are done, the newest first. The filter's moments are those of finishing.
    public func history(_ filter: RunFilter) async throws -> Page<RunRow> {
        let rows = try await pool.query(Self.selectHistory, filter.parameters)
        return Page(try rows.map { try RunRow($0) }, limit: filter.limit)
    }
}
