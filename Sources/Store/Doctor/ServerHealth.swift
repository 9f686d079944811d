import Postgres
import Recurrence

/// A server and this session with it, as far as any login may see; nothing of Rota is needed for it.
public struct ServerHealth: Sendable, Hashable {
    public var version: String
    public var versionNumber: Int32
    public var database: String
    public var user: String
    /// The server's address; nil over a unix socket.
    public var address: String?
    /// `TLSv1.3, TLS_AES_256_GCM_SHA384`; nil without TLS.
    public var tls: String?
    /// Whether a pooler stands between.
    public var isPooled: Bool
    public var encoding: String
    public var isStandby: Bool
    public var isReadOnly: Bool
    public var synchronousCommit: String
    public var synchronousStandbys: String
    public var fsync: Bool
    public var fullPageWrites: Bool
    public var autovacuum: Bool
    public var trackCounts: Bool
    public var maxConnections: Int32
    /// How many of these only superusers get.
    public var reservedConnections: Int32
    /// Sessions in databases that there are now.
    public var connections: Int64
    /// How many transactions ago the oldest rows of this database were frozen.
    public var transactionAge: Int64
    /// From which age on rows are frozen whatever else goes on.
    public var freezeAge: Int64
}

extension Store {
    static let selectServerHealth: Statement = """
        select current_setting('server_version'), current_setting('server_version_num')::integer,
            current_database()::text, current_user::text, host(inet_server_addr()),
            (select concat_ws(', ', s.version, s.cipher) from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl),
            current_setting('server_encoding'), pg_is_in_recovery(), current_setting('transaction_read_only')::boolean,
            current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
            current_setting('fsync')::boolean, current_setting('full_page_writes')::boolean,
            current_setting('autovacuum')::boolean, current_setting('track_counts')::boolean,
            current_setting('max_connections')::integer, current_setting('superuser_reserved_connections')::integer,
            (select sum(d.numbackends)::bigint from pg_stat_database d),
            (select age(d.datfrozenxid)::bigint from pg_database d where d.datname = current_database()),
            current_setting('autovacuum_freeze_max_age')::bigint
        """

    /// What the server says of itself, for any database, with or without Rota in it.
    public func serverHealth() async throws -> ServerHealth {
        let (row, isPooled) = try await pool.withConnection { connection in
            (try await connection.query(Self.selectServerHealth).only(), try await connection.isPooled())
        }
        return ServerHealth(
            version: try row.get(0), versionNumber: try row.get(1), database: try row.get(2), user: try row.get(3),
            address: try row.get(4), tls: try row.get(5), isPooled: isPooled, encoding: try row.get(6),
            isStandby: try row.get(7),
            isReadOnly: try row.get(8), synchronousCommit: try row.get(9), synchronousStandbys: try row.get(10),
            fsync: try row.get(11), fullPageWrites: try row.get(12), autovacuum: try row.get(13),
            trackCounts: try row.get(14), maxConnections: try row.get(15), reservedConnections: try row.get(16),
            connections: try row.get(17), transactionAge: try row.get(18), freezeAge: try row.get(19))
    }
}
