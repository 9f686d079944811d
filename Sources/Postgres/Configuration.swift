/// Which server, and how to be with it.
///
/// Whatever libpq understands holds here: a URI or `key=value` string, several hosts with `target_session_attrs`, the
/// `PG…` environment variables, service files and `~/.pgpass` (PostgreSQL 15, chapter 34.1).
public struct Configuration: Sendable {
    /// A connection string; nil or empty leaves everything to the environment.
    public var conninfo: String?
    /// What `pg_stat_activity` shows, unless the string or `PGAPPNAME` says something else.
    public var applicationName: String?
    /// Settings that stand above the string, such as `dbname` or `options`.
    public var overrides: [String: String]
    /// How long a call may take that says nothing else.
    public var deadline: Duration
    /// How long connecting may take as a whole, over all hosts. Each address has `connect_timeout`, 5 s unless set.
    public var connectDeadline: Duration
    /// How long a transaction may wait for its client before the server ends the session, and with it the locks: a client
    /// that stands still or has lost its network would keep them for as long as the server does not notice. Nil: for ever.
    public var transactionPatience: Duration?
    /// How many statements a connection keeps prepared; the one unused for longest makes way.
    public var preparedStatements: Int

    public init(
        _ conninfo: String? = nil, applicationName: String? = nil, overrides: [String: String] = [:],
        deadline: Duration = .seconds(30), connectDeadline: Duration = .seconds(30), preparedStatements: Int = 256
    ) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        self.overrides = overrides
        self.deadline = deadline
        self.connectDeadline = connectDeadline
        self.preparedStatements = preparedStatements
    }

    /// The same, but connecting no longer than this.
    func connecting(within limit: Duration) -> Configuration {
        var configuration = self
        configuration.connectDeadline = min(connectDeadline, limit)
        return configuration
    }
}
