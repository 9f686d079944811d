import Postgres
import Recurrence

/// How a table that changes much is kept tidy.
public struct TableHealth: Sendable, Hashable {
    public var name: String
    public var liveRows: Int64
    public var deadRows: Int64
    /// Nil is never.
    public var vacuumedAt: Instant?
    /// Whether somebody turned autovacuum off for this table alone.
    public var isLeftOut: Bool

    public init(name: String, liveRows: Int64, deadRows: Int64, vacuumedAt: Instant?, isLeftOut: Bool) {
        self.name = name
        self.liveRows = liveRows
        self.deadRows = deadRows
        self.vacuumedAt = vacuumedAt
        self.isLeftOut = isLeftOut
    }
}

extension Store {
    /// History only grows, and is dropped by the month: dead rows are a matter of what is not in it.
    static let selectTables: Statement = """
        select t.relname::text, t.n_live_tup, t.n_dead_tup, greatest(t.last_vacuum, t.last_autovacuum),
            coalesce('autovacuum_enabled=false' = any (c.reloptions) or 'autovacuum_enabled=off' = any (c.reloptions),
                false)
        from pg_stat_user_tables t
        join pg_class c on c.oid = t.relid
        where t.schemaname = 'rota' and not c.relispartition
        order by t.n_dead_tup desc, t.relname
        """

    /// The tables of the schema, those of history left out, the one with the most dead rows first.
    public func tableHealth() async throws -> [TableHealth] {
        try await pool.query(Self.selectTables).map { row in
            TableHealth(
                name: try row.get(0), liveRows: try row.get(1), deadRows: try row.get(2), vacuumedAt: try row.get(3),
                isLeftOut: try row.get(4))
        }
    }
}
