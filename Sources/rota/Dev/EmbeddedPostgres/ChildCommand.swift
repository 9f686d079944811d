import Glibc

/// A program to run with its arguments, in a small environment of its own and with a session of its own, so that a
/// signal to this process's group does not reach it.
struct ChildCommand {
    private let arguments: [String]
    /// Files of this process that it gets, by the number that it knows them by; the rest of 0 to 2 are `/dev/null`.
    private let files: [Int32: Int32]

    init(_ arguments: [String], files: [Int32: Int32] = [:]) {
        self.arguments = arguments
        self.files = files
    }

    /// Starts it, and does not wait.
    ///
    /// - Returns: the child's process id, which is also its session's.
    func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // In rising order, so that nothing that is still to be copied is overwritten.
        for (number, file) in files.sorted(by: { $0.key < $1.key }) {
            posix_spawn_file_actions_adddup2(&actions, file, number)
        }
        for number in Int32(0)...2 where files[number] == nil {
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This process may block or ignore signals by which the child is to be ended.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which only shows with _GNU_SOURCE
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var child: pid_t = 0
        let problem = withCStrings(arguments) { arguments in
            withCStrings(Self.environment) { environment in
                posix_spawnp(&child, arguments[0]!, &actions, &attributes, arguments, environment)
            }
        }
        guard problem == 0 else {
            throw EmbeddedPostgresError(
                "cannot start \(arguments[0]): \(String(cString: strerror(problem)))",
                hint: "install it: PostgreSQL cannot be run here without it")
        }
        return child
    }

    /// Runs it to its end.
    ///
    /// - Returns: its exit code; 128 and the signal's number where a signal ended it.
    func run() throws -> Int32 {
        Self.reap(try start())
    }

    /// Runs it to its end.
    ///
    /// - Returns: the first line of what it wrote, or nil if it wrote none or could not be started.
    func firstLine() -> String? {
        do {
            let (reading, writing) = try Files.makePipe()
            defer { close(reading) }
            let child: pid_t
            do {
                defer { close(writing) }
                child = try ChildCommand(arguments, files: [1: writing]).start()
            }
            let text = Files.readAll(reading)
            guard Self.reap(child) == 0, let line = text.split(separator: UInt8(ascii: "\n")).first else { return nil }
            return String(decoding: line, as: UTF8.self)
        } catch {
            // Whether there is such a program is what is asked here: that there is none is an answer.
            return nil
        }
    }

    /// Waits for the end of a child.
    static func reap(_ child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1 && errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// None of this process's own: its `PG…` variables would change what the server does.
    private static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C", "TZ=UTC"]

    private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
