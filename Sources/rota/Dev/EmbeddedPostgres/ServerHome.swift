import Glibc

/// Where an embedded server keeps its things, and as whom it runs.
struct ServerHome: Sendable {
    let account: ServerAccount
    /// The cluster.
    let data: String
    /// The socket's directory, which only the account may enter: that is what lets the server trust whoever comes.
    let run: String
    let logFile: String
    /// Held by the server's own processes: while it is, one of them lives.
    private let aliveFile: String

    /// Chooses the account and the places for what belongs to a directory: the same each time.
    static func settle(in root: String, log: (String) -> Void) throws -> ServerHome {
        let (account, base) = try choose(for: root)
        if base != root {
            log(
                "PostgreSQL does not run as root, and user '\(account.name)' cannot enter \(root): its data are in \(base)"
            )
        }
        var run = base + "/run"
        if !fitsSocket(run) { run = "/tmp/rota-\(account.user)-\(fingerprint(root))" }
        try makePrivate(run, account)
        // One log a start, and the one before it: enough to see what happened, and it does not grow for ever.
        let logFile = root + "/postgres.log"
        guard rename(logFile, logFile + ".old") == 0 || errno == ENOENT else {
            throw EmbeddedPostgresError("cannot rename \(logFile): \(SystemError.last)", hint: "remove it")
        }
        return ServerHome(
            account: account, data: base + "/data", run: run, logFile: logFile, aliveFile: root + "/alive")
    }

    /// The version of PostgreSQL that made the data; nil if there are none yet.
    var majorVersion: Int? { Files.lines(of: data + "/PG_VERSION").first.flatMap { Int($0) } }

    /// The database, as a URI in which everything that is not plain is escaped.
    var conninfo: String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
        let host = run.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "postgresql:///rota?host=\(host.joined())&user=rota"
    }

    /// Waits until no process of an earlier server is left: after a `kill -9` its end may still be going on.
    ///
    /// - Returns: the lock that says so, for the next server to hold.
    func awaitPredecessor(log: (String) -> Void) throws -> FileLock {
        let alive = try FileLock(aliveFile)
        for tick in 0..<1200 {
            if try alive.take() { return alive }
            if tick == 5 { log("waiting for the PostgreSQL server that an earlier process left to end") }
            // It was told to end in order, by the same pipe that ends every server; now it is told to end at once.
            if tick == 600, let server = Files.firstNumber(in: data + "/postmaster.pid") { kill(server, SIGQUIT) }
            usleep(50_000)
        }
        let server = Files.firstNumber(in: data + "/postmaster.pid").map { "process \($0)" } ?? "one of its processes"
        throw EmbeddedPostgresError(
            "the PostgreSQL server that an earlier process left on \(data) does not end (\(server))",
            hint: "end it yourself, or give this one another directory with --data")
    }

    /// Removes the marks of a server that is no more. It would judge them by process ids, and in a container these soon
    /// belong to others.
    func clearLeftovers() throws {
        if let other = Files.firstNumber(in: data + "/postmaster.pid"), isServing(other) {
            throw EmbeddedPostgresError(
                "a PostgreSQL server that was started in another way runs on \(data) (process \(other))",
                hint: "end it with `kill -INT \(other)`, or give this one another directory with --data")
        }
        for mark in [data + "/postmaster.pid", run + "/.s.PGSQL.5432", run + "/.s.PGSQL.5432.lock"] {
            guard unlink(mark) == 0 || errno == ENOENT else {
                throw EmbeddedPostgresError("cannot remove \(mark): \(SystemError.last)", hint: "remove it yourself")
            }
        }
    }

    /// Whether a process is a server on these data: a server's current directory is its data.
    private func isServing(_ process: pid_t) -> Bool {
        var link = stat()
        var place = stat()
        return stat("/proc/\(process)/cwd", &link) == 0 && stat(data, &place) == 0
            && link.st_ino == place.st_ino && link.st_dev == place.st_dev
    }
}

extension ServerHome {
    private static func choose(for root: String) throws -> (ServerAccount, String) {
        let me = ServerAccount.current
        if me.user != 0 {
            if let other = Files.owner(of: root + "/data"), other != me.user {
                let name = ServerAccount(user: other, group: 0).name
                throw EmbeddedPostgresError(
                    "\(root)/data belongs to user '\(name)', and this is '\(me.name)'",
                    hint: "run this as root, who made them, or give --data another directory")
            }
            return (me, root)
        }
        // Root's own directory may be closed to everybody else. What then stood in /tmp could be anybody's.
        let elsewhere = "/var/lib/rota-dev-\(fingerprint(root))"
        let ordinary = ["postgres", "nobody"].compactMap(ServerAccount.named)
        if let account = ServerAccount.owner(of: elsewhere + "/data") { return (account, elsewhere) }
        let owners = [root + "/data", root].compactMap(ServerAccount.owner(of:))
        for account in owners + ordinary where try account.canEnter(root) { return (account, root) }
        guard let account = ordinary.first else {
            throw EmbeddedPostgresError(
                "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' here",
                hint: "run this as a plain user")
        }
        try Files.makeDirectory(elsewhere, mode: 0o755)
        guard try account.canEnter(elsewhere) else {
            throw EmbeddedPostgresError(
                "PostgreSQL does not run as root, and user '\(account.name)' can enter neither \(root) nor \(elsewhere)",
                hint: "give --data a directory that this user can enter")
        }
        return (account, elsewhere)
    }

    /// A socket's whole path has at most 107 bytes (unix(7)), and libpq reads a comma as the end of a host.
    private static func fitsSocket(_ directory: String) -> Bool {
        (directory + "/.s.PGSQL.5432").utf8.count <= 107 && !directory.contains(",")
    }

    /// Makes a directory for one account alone, or makes sure that it is such a one.
    static func makePrivate(_ path: String, _ account: ServerAccount) throws {
        if mkdir(path, 0o700) == 0 { return try account.take(path) }
        var status = stat()
        guard errno == EEXIST, lstat(path, &status) == 0 else {
            throw EmbeddedPostgresError(
                "cannot make the directory \(path): \(SystemError.last)",
                hint: "give --data a directory that you may write to")
        }
        guard status.st_mode & S_IFMT == S_IFDIR, [account.user, geteuid()].contains(status.st_uid) else {
            throw EmbeddedPostgresError("\(path) is not a directory of user '\(account.name)'", hint: "remove it")
        }
        try account.take(path)
        guard chmod(path, 0o700) == 0 else {
            throw EmbeddedPostgresError("cannot close \(path) to others: \(SystemError.last)", hint: "remove it")
        }
    }

    /// A short name for a path that is the same each time (FNV-1a, 64 bits).
    private static func fingerprint(_ path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
