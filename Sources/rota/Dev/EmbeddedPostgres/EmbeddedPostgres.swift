import Dispatch

/// A PostgreSQL server of one's own: what `rota dev` and `make demo` keep their data in.
///
/// Everything stands under one directory: `data`, the socket in `run`, and the server's log. The server listens on the
/// socket alone, in a directory that nobody else may enter. It runs in a session of its own, so that a terminal's Ctrl-C
/// does not reach it before its clients are done; and it ends with this process however that ends, because a pipe that
/// this process holds open is what keeps it going.
actor EmbeddedPostgres {
    /// A libpq URI of the database `rota`, as its superuser `rota`; nothing in it needs quoting in a shell.
    nonisolated let conninfo: String
    /// Where the server writes its log.
    nonisolated let logFile: String

    private nonisolated let server: ServerProcess
    /// Held until the server has been stopped: one `rota dev` a directory.
    private nonisolated let ownership: FileLock
    private var isStopping = false

    private init(server: ServerProcess, ownership: FileLock, home: ServerHome) {
        self.server = server
        self.ownership = ownership
        conninfo = home.conninfo
        logFile = home.logFile
    }

    /// Starts a server on the data in a directory, made first if there are none. Returns when it accepts connections.
    ///
    /// What an earlier process left behind, also one that was killed, is taken over.
    ///
    /// - Parameters:
    ///   - dataDirectory: holds all that the server keeps; made if it is not there. A long path or one that the server's
    ///     user may not enter is no hindrance: what cannot stand there then stands elsewhere, which the log says.
    ///   - log: told in a line what takes time, or is not where one would look.
    /// - Throws: `EmbeddedPostgresError` when there are no programs to run, no account to run them as, when another
    ///   process uses the directory, or when the server does not start.
    static func start(
        dataDirectory: String, log: @escaping @Sendable (String) -> Void
    ) async throws -> EmbeddedPostgres {
        let started = try await onThread { try launch(in: dataDirectory, log: log) }
        if Task.isCancelled {
            try await started.stop()
            throw CancellationError()
        }
        return started
    }

    /// Ends the server as PostgreSQL's fast shutdown does: open transactions are rolled back, all that was committed is
    /// on disk. After 20 s it is ended at once, which loses nothing either but makes the next start recover.
    /// A second call waits for the same end.
    func stop() async throws {
        isStopping = true
        let server = server
        try await onThread { try server.stop(patience: .seconds(20)) }
        ownership.release()
    }

    /// Returns when `stop()` has ended the server, or the task is cancelled.
    ///
    /// - Throws: `EmbeddedPostgresError` with the end of the server's log if the server ended of itself.
    func waitForEnd() async throws {
        for await _ in server.ended() {}
        if Task.isCancelled || isStopping { return }
        throw EmbeddedPostgresError(
            "PostgreSQL ended by itself: \(Files.tail(of: logFile))", hint: "its whole log is \(logFile)")
    }

    private static func launch(in directory: String, log: (String) -> Void) throws -> EmbeddedPostgres {
        let root = try Files.absolute(directory)
        try Files.makeDirectory(root, mode: 0o755)
        let ownership = try FileLock(root + "/lock")
        guard try ownership.take() else {
            let holder = ownership.holder.map { " (process \($0))" } ?? ""
            throw EmbeddedPostgresError(
                "another `rota dev`\(holder) is using \(root)",
                hint: "stop that one first, or give this one a directory of its own with --data")
        }
        let home = try ServerHome.settle(in: root, log: log)
        let alive = try home.awaitPredecessor(log: log)
        let programs = try ServerPrograms.find(major: home.majorVersion)
        try home.makeCluster(with: programs, holding: alive, log: log)
        try home.clearLeftovers()
        let server = try ServerProcess.start(home: home, programs: programs, holding: alive)
        return EmbeddedPostgres(server: server, ownership: ownership, home: home)
    }
}

/// Runs what blocks on a thread that Swift's own few do not have to spare.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}
