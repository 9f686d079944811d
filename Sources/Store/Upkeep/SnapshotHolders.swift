import Model
import Postgres
import Recurrence

extension Store {
    /// A session holds back what its snapshot sees, and what its own transaction may have written. Rows of another
    /// database are not held back by it, but for a standby's, whose database is not known.
    static let selectSnapshotHolders: Statement = """
        select 'session', a.pid::text,
            concat_ws(', ', a.usename, nullif(a.application_name, ''), host(a.client_addr), a.state), a.xact_start,
            case when age(a.backend_xid) >= age(a.backend_xmin) or a.backend_xmin is null then a.backend_xid
                else a.backend_xmin end::text,
            greatest(age(a.backend_xid), age(a.backend_xmin))::bigint
        from pg_stat_activity a
        where a.datname = current_database() and a.pid <> pg_backend_pid()
            and coalesce(a.backend_xid, a.backend_xmin) is not null
            and a.backend_type is distinct from 'autovacuum worker'
        union all
        select 'prepared', p.gid, p.owner, p.prepared, p.transaction::text, age(p.transaction)::bigint
        from pg_prepared_xacts p where p.database = current_database()
        union all
        select 'standby', r.pid::text, concat_ws(', ', r.application_name, host(r.client_addr)), null,
            r.backend_xmin::text, age(r.backend_xmin)::bigint
        from pg_stat_replication r where r.backend_xmin is not null
        union all
        select 'slot', s.slot_name, case when s.active then 'in use' else 'nobody is connected' end, null,
            s.xmin::text, age(s.xmin)::bigint
        from pg_replication_slots s where s.xmin is not null
        """

    /// Who holds a snapshot of this database now, or has a transaction open in it; this question's own is left out.
    public func snapshotHolders() async throws -> [SnapshotHolder] {
        try await pool.query(Self.selectSnapshotHolders).map { row in
            SnapshotHolder(
                kind: try row.get(0), name: try row.get(1), who: try row.get(2), since: try row.get(3),
                horizon: try row.get(4), transactions: try row.get(5))
        }
    }
}

extension SnapshotHolder.Kind: PostgresValue {}
