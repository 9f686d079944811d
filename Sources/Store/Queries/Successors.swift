import Model
import Postgres
import Recurrence

extension Store {
    /// Asked apart for an asset and for the client as a whole, so that either finds its runs by the index.
    static let selectSuccessors = Statement(
        """
        select \(RunRow.columns), n.id
        from unnest($1::bigint[]) as n (id)
        join rota.run o on o.id = n.id
        join rota.run r on r.id = coalesce(
            (\(newest("x.asset_id = o.asset_id", "x.due_at <= rota.now() and \(isOpen)"))),
            (\(newest("x.asset_id is null and o.asset_id is null", "x.due_at <= rota.now() and \(isOpen)"))),
            (\(first("x.asset_id = o.asset_id"))),
            (\(first("x.asset_id is null and o.asset_id is null"))),
            (\(newest("x.asset_id = o.asset_id", "true"))),
            (\(newest("x.asset_id is null and o.asset_id is null", "true"))))
        \(RunRow.joins)
        """)

    private static let isOpen = "not exists (select from rota.done d where d.run_id = x.id and d.due_at = x.due_at)"

    private static func newest(_ onTarget: String, _ condition: String) -> String {
        """
        select x.id from rota.run x
        where x.assignment_id = o.assignment_id and \(onTarget) and x.due_at >= o.due_at and x.id <> o.id
            and \(condition)
        order by x.due_at desc, x.id desc limit 1
        """
    }

    /// Of what was made ahead of its time.
    private static func first(_ onTarget: String) -> String {
        """
        select x.id from rota.run x
        where x.assignment_id = o.assignment_id and \(onTarget) and x.due_at > greatest(o.due_at, rota.now())
            and \(isOpen)
        order by x.due_at, x.id limit 1
        """
    }

    /// What came after each of these runs on its target, by the number of the run: the newest open run that is due, else the
    /// next, else the newest of all.
    public func successors(of runs: [Int64], now: Instant) async throws -> [Int64: RunRow] {
        guard !runs.isEmpty else { return [:] }
        let rows = try await pool.query(Self.selectSuccessors, [runs])
        let numbers: [Int64] = try rows.map { try $0.get(RunRow.width) }
        let successors = try await withPutOffs(try rows.map { try RunRow($0) }, now: now)
        return Dictionary(zip(numbers, successors), uniquingKeysWith: { first, _ in first })
    }
}
