import Postgres
import Recurrence

/// A session that was sent a part of what belongs together, and waits for the rest: what the part has locked is locked.
public struct HalfSent: Hashable, Sendable {
    /// The server's process.
    public var process: Int32
    /// When it had done what it was sent.
    public var since: Instant
}

extension Store {
    /// In the middle of a pipeline a session is `active` and not `idle in transaction`, so the server waits for ever
    /// (PostgreSQL 15 has no setting for it; what its `idle_in_transaction_session_timeout` counts begins with the end of a
    /// pipeline). Looked for are Rota's own sessions, as far as this
    /// login may see what they do and may end them. A COPY waits for its rows likewise.
    static let endHalfSentStatement: Statement = """
        select a.pid, a.state_change, case when s.pid is not null then pg_terminate_backend(a.pid) else false end
        from pg_stat_activity a
        join pg_roles u on u.oid = a.usesysid
        left join unnest($1::integer[], $2::timestamptz[]) s (pid, since) on s.pid = a.pid and s.since = a.state_change
        where a.datname = current_database() and a.application_name like 'rota%' and a.pid <> pg_backend_pid()
            and a.state = 'active' and a.wait_event = 'ClientRead' and a.query !~* '^\\s*copy'
            and (current_setting('is_superuser') = 'on'
                or not u.rolsuper and (pg_has_role(u.oid, 'usage') or pg_has_role('pg_signal_backend', 'usage')))
        """

    /// Ends Rota's sessions that wait in the middle of a pipeline and have not heard anything since an earlier look: their
    /// client stands still, or is gone without the server's knowing.
    ///
    /// - Parameter seen: what the earlier look found; how long ago that was is for whoever asks to decide.
    /// - Returns: those that wait, and those of them that were ended.
    public func endHalfSent(_ seen: Set<HalfSent>) async throws -> (waiting: Set<HalfSent>, ended: [HalfSent]) {
        let seen = Array(seen)
        let rows = try await pool.query(Self.endHalfSentStatement, [seen.map(\.process), seen.map(\.since)])
        let found = try rows.map { row in
            (session: HalfSent(process: try row.get(0), since: try row.get(1)), isEnded: try row.get(2, as: Bool.self))
        }
        return (Set(found.filter { !$0.isEnded }.map(\.session)), found.filter(\.isEnded).map(\.session))
    }
}
