import Postgres

extension Cluster {
    /// Where its clients connect.
    public var socketPath: String { "\(directory)/.s.PGSQL.5432" }

    /// Makes and starts a standby of this server, and has this server wait with every commit until it is on the standby's
    /// disk too.
    public func startSynchronousStandby() async throws -> Cluster {
        let standby = try await offThread { [directory] in
            try Cluster.create(ClusterOptions()) { programs, data in
                let primary = "host=\(directory) port=5432 user=postgres application_name=standby"
                try programs.command(
                    "pg_basebackup", ["-D", data, "-R", "-d", primary, "-c", "fast", "-X", "stream", "--no-sync"]
                ).run()
            }
        }
        try await standby.start()
        let connection = try await Connection.connect(configuration())
        try await connection.execute("alter system set synchronous_standby_names = 'standby'")
        try await connection.execute("select pg_reload_conf()")
        await connection.close()
        return standby
    }

    /// Makes a standby take writes, and waits until it does.
    public func promote() async throws {
        try await control(["-w", "promote"])
    }
}
