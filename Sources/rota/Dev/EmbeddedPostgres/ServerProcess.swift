import Dispatch
import Glibc

/// A server that runs as a child of this process, under a shell that ends it when this process is no more.
final class ServerProcess: Sendable {
    private let home: ServerHome
    /// This end of the pipe on which the shell waits: when it is closed, by whomever, the server is told to end.
    private let lifeline: Lifeline
    /// Left when the shell, and so the server, has ended.
    private let running = DispatchGroup()

    /// Runs the server in the background, waits for the end of its input, and ends the server as `stop` does. Where the
    /// server ends of itself, it ends too. It alone is the server's parent, so nothing else has to reap it.
    private static let keeper = """
        exec 4<&0 </dev/null
        "$@" 4<&- &
        server=$!
        { read -r _ <&4; kill -INT "$server"; } 3>&- &
        wait "$server"
        code=$?
        kill "$!" 2>/dev/null
        exit "$code"
        """

    /// Starts a server and waits until it accepts connections: up to 60 s, as it may have to recover first.
    static func start(home: ServerHome, programs: ServerPrograms, holding alive: FileLock) throws -> ServerProcess {
        let ready = try ReadyWatch(data: home.data)
        let server = try ServerProcess(home: home, programs: programs, holding: alive)
        var exited = false
        for _ in 0..<600 {
            if ready.isReady { return server }
            if server.running.wait(timeout: .now()) == .success {
                exited = true
                break
            }
            ready.wait(milliseconds: 100)
        }
        try server.stop(patience: .seconds(5))
        throw EmbeddedPostgresError(
            "PostgreSQL \(exited ? "did not start" : "was not ready within 60 s"): \(Files.tail(of: home.logFile))",
            hint: "its whole log is \(home.logFile)")
    }

    private init(home: ServerHome, programs: ServerPrograms, holding alive: FileLock) throws {
        self.home = home
        let socket = home.run.replacing("\"", with: "\"\"")
        let settings = [
            "listen_addresses=", "port=5432", "unix_socket_directories=\"\(socket)\"", "unix_socket_permissions=0700",
            "log_destination=stderr", "logging_collector=off", "log_checkpoints=off", "lc_messages=C", "timezone=UTC",
            "log_timezone=UTC",
            "cluster_name=rota-dev",
        ]
        let command = [programs.postgres, "-D", home.data] + settings.flatMap { ["-c", $0] }
        let log = try home.openLog()
        defer { close(log) }
        let (reading, writing) = try Files.makePipe()
        lifeline = Lifeline(writing)
        defer { close(reading) }
        // `alive` is closed with its last use, which must not be before the child has its copy.
        let child = try withExtendedLifetime(alive) {
            try ChildCommand(
                home.account.running(["/bin/sh", "-c", Self.keeper, "sh"] + command),
                files: [0: reading, 1: log, 2: log, 3: alive.descriptor]
            ).start()
        }
        running.enter()
        DispatchQueue(label: "rota.postgres.reaper").async { [running] in
            _ = ChildCommand.reap(child)
            running.leave()
        }
    }

    /// Ends the server in order and waits; at once if that takes longer than the patience.
    func stop(patience: DispatchTimeInterval) throws {
        lifeline.cut()
        if running.wait(timeout: .now() + patience) == .success { return }
        let server = Files.firstNumber(in: home.data + "/postmaster.pid")
        if let server { kill(server, SIGQUIT) }
        if running.wait(timeout: .now() + .seconds(10)) == .success { return }
        throw EmbeddedPostgresError(
            "PostgreSQL does not end\(server.map { " (process \($0))" } ?? ""): \(Files.tail(of: home.logFile))",
            hint: "the next start on \(home.data) recovers, however this one is ended")
    }

    /// A sequence without elements that finishes when the server has ended.
    func ended() -> AsyncStream<Never> {
        let (stream, end) = AsyncStream<Never>.makeStream()
        running.notify(queue: .global()) { end.finish() }
        return stream
    }
}
