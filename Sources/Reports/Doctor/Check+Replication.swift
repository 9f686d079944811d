import Store

extension Check {
    /// What was acknowledged survives (promise 4): that of a crash always, that of a lost disk only with a synchronous
    /// standby.
    static func replication(_ server: ServerHealth, _ standbys: [ConnectedStandby]) -> Check {
        if server.synchronousCommit == "off" {
            return Check(
                "replication", .fail,
                "synchronous_commit is off for this login: what was acknowledged may be gone after a crash",
                mend: "run: alter role … reset synchronous_commit, or turn it on in postgresql.conf")
        }
        guard !server.synchronousStandbys.isEmpty else {
            let connected = standbys.isEmpty ? "" : " (\(counted(standbys.count, "standby", "standbys")) follow behind)"
            return Check(
                "replication", .warn,
                "no synchronous standby\(connected): what was acknowledged survives a crash of the server, and is lost "
                    + "with its disk or in a fail-over",
                mend: "if that is not enough, set up a standby and synchronous_standby_names")
        }
        if server.synchronousCommit == "local" {
            return Check(
                "replication", .warn, "synchronous_commit is local for this login: commits do not wait for a standby",
                mend: "run: alter role … reset synchronous_commit")
        }
        return waitingFor(server.synchronousStandbys, standbys)
    }

    private static func waitingFor(_ names: String, _ standbys: [ConnectedStandby]) -> Check {
        let seen = "commits wait for \(names)"
        if standbys.contains(where: { $0.syncState == nil }) {
            return Check(
                "replication", .warn, "\(seen); whether they are there may not be seen by this login",
                mend: "ask with a login in pg_monitor")
        }
        let there = standbys.count { $0.syncState == "sync" || $0.syncState == "quorum" }
        let wanted = Self.wanted(names)
        guard there >= wanted else {
            return Check(
                "replication", .fail, "\(seen), of which \(wanted) must be there, and \(there) are: every commit waits",
                mend: "start the standby; or, knowing that nothing protects what is committed meanwhile, shorten "
                    + "synchronous_standby_names and reload the server")
        }
        return Check("replication", .ok, "\(seen): \(counted(there, "is", "are")) there")
    }

    /// How many standbys a commit waits for: `FIRST 2 (a, b, c)`, `ANY 2 (…)`, `2 (…)`, or a list, of which the first
    /// (PostgreSQL 15, 20.6.2).
    static func wanted(_ names: String) -> Int {
        guard let list = names.firstIndex(of: "(") else { return 1 }
        return Int(names[..<list].split(separator: " ").last ?? "") ?? 1
    }
}
