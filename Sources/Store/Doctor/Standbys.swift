import Postgres

/// A standby that is connected to the server.
public struct ConnectedStandby: Sendable, Hashable {
    public var name: String
    /// `sync` or `quorum` where commits wait for it, `potential` or `async` where they do not; nil where the asking login
    /// may not see it.
    public var syncState: String?

    public init(name: String, syncState: String?) {
        self.name = name
        self.syncState = syncState
    }
}

extension Store {
    static let selectStandbys: Statement = """
        select coalesce(r.application_name, ''), r.sync_state
        from pg_stat_replication r
        order by r.application_name, r.pid
        """

    /// The standbys that are connected now.
    public func standbys() async throws -> [ConnectedStandby] {
        try await pool.query(Self.selectStandbys).map {
            ConnectedStandby(name: try $0.get(0), syncState: try $0.get(1))
        }
    }
}
