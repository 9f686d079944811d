import Model
import Postgres
import Recurrence

extension Store {
    /// Each place is asked apart and by its own order, so that the first rows of a place with very many runs are found
    /// without reading the others.
    static let selectRuns = Statement(
        """
        with picked (run_id, due_at, place, finished_at) as (
            \(open("leased", 1)) union all \(open("waiting", 2))
            union all \(open("ready", 3)) union all \(open("held", 4))
            union all (
                select d.run_id, d.due_at, 5, d.finished_at
                from rota.done d join rota.run r on r.id = d.run_id and r.due_at = d.due_at
                where \(RunFilter.allows("d.state")) and \(RunFilter.ofRun) and \(RunFilter.ofDue)
                    and d.finished_at >= $9
                order by d.finished_at desc, d.run_id desc limit $8
            )
        )
        select \(RunRow.columns)
        from (select * from picked order by place, finished_at desc, run_id limit $8) p
        join rota.run r on r.id = p.run_id and r.due_at = p.due_at
        \(RunRow.joins)
        order by p.place, p.finished_at desc, p.run_id
        """)

    private static func open(_ place: String, _ rank: Int) -> String {
        """
        (
                select p.run_id, p.due_at, \(rank), null::timestamptz
                from rota.\(place) p join rota.run r on r.id = p.run_id and r.due_at = p.due_at
                where \(RunFilter.allows("'\(place)'")) and \(RunFilter.ofRun) and \(RunFilter.ofDue)
                order by p.run_id limit $8
            )
        """
    }

    /// What is going on: first what somebody has in hand, then what waits, by age; then what was finished lately, the
    /// newest first.
    ///
    /// - Parameter lately: what was finished before this is left out.
    public func runs(_ filter: RunFilter, lately: Instant) async throws -> Page<RunRow> {
        let rows = try await pool.query(Self.selectRuns, filter.parameters + [lately])
        return Page(try rows.map { try RunRow($0) }, limit: filter.limit)
    }
}
