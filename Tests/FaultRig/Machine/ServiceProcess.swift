import Glibc
import Synchronization
import TestSupport

/// A process of a test's: its log is kept, its end is told, and it does not outlive the test, even one that crashes.
public final class ServiceProcess: Sendable {
    public enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    public let name: String
    public let id: pid_t
    public let log: LineLog
    private let ending: OneTime<Ending>

    private init(name: String, id: pid_t, log: LineLog, ending: OneTime<Ending>) {
        self.name = name
        self.id = id
        self.log = log
        self.ending = ending
    }

    /// Starts `words` with standard error as its log, in a process group of its own.
    public static func start(_ name: String, _ words: [String], environment: [String: String] = [:]) async throws
        -> ServiceProcess
    {
        let pipe = try LogPipe()
        let log = LineLog()
        let ending = OneTime<Ending>()
        // The kernel ends it with the thread that started it, so that thread stays and waits for its end.
        let id = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<pid_t, any Error>) in
            startThread {
                let id: pid_t
                do {
                    defer { close(pipe.writing) }
                    id = try spawn(words, environment: environment, log: pipe.writing)
                } catch {
                    continuation.resume(throwing: error)
                    return
                }
                continuation.resume(returning: id)
                ending.set(wait(for: id))
            }
        }
        startThread { log.read(from: pipe.reading) }
        return ServiceProcess(name: name, id: id, log: log, ending: ending)
    }

    public func send(_ signal: Int32) {
        // One that has ended is reaped, and its number may be another's.
        if ending.value == nil { kill(id, signal) }
    }

    /// Sends the signal to all of its process group, as a terminal does.
    public func sendToGroup(_ signal: Int32) {
        if ending.value == nil { kill(-id, signal) }
    }

    /// Whether it is there, if only stopped.
    public var isRunning: Bool { ending.value == nil }

    /// How it ended; nil while it is there.
    public var howItEnded: Ending? { ending.value }

    /// Waits for its end.
    public func end(within limit: Duration = .seconds(120)) async throws -> Ending {
        try await FaultRig.within(limit, "the end of \(name)", witness: witness) {
            guard let ending = await self.ending.get() else { throw CancellationError() }
            return ending
        }
    }

    /// Waits for a line of its log that holds these words; of those that it wrote before, too.
    @discardableResult
    public func says(_ words: String, from start: Int = 0, within limit: Duration = .seconds(120)) async throws
        -> String
    {
        try await FaultRig.within(limit, "'\(words)' of \(name)", witness: witness) {
            guard let line = await self.log.line(from: start, where: { $0.contains(words) }) else {
                throw DeadlinePassed("\(self.name) ended without saying '\(words)'\n\(self.report)")
            }
            return line
        }
    }

    /// What it wrote, for whoever looks into a failure.
    public var report: String {
        let lines = log.lines
        let left = lines.count > 60 ? "(\(lines.count - 60) lines before)\n" : ""
        let ended = ending.value.map { "\($0)" } ?? "running"
        return "--- \(name) (\(id), \(ended))\n\(left)\(lines.suffix(60).joined(separator: "\n"))"
    }

    private var witness: @Sendable () async -> String { { self.report } }

    private static func wait(for id: pid_t) -> Ending {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
    }

    private static func spawn(_ words: [String], environment: [String: String], log: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, log, 1)
        posix_spawn_file_actions_adddup2(&actions, log, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let bound = ["setpriv", "--pdeathsig", "KILL", "--"] + words
        var arguments: [UnsafeMutablePointer<CChar>?] = bound.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let all = ["PATH": path, "HOME": "/nonexistent"].merging(environment) { _, own in own }
        var variables: [UnsafeMutablePointer<CChar>?] = all.map { strdup("\($0)=\($1)") } + [nil]
        defer { for variable in variables { free(variable) } }
        var id = pid_t()
        let code = posix_spawnp(&id, bound[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw TestSupportError("\(words[0]) cannot be started: error \(code)") }
        return id
    }
}

/// What a process writes and a test reads.
private struct LogPipe {
    public let reading: Int32
    public let writing: Int32

    public init() throws {
        var ends: [Int32] = [-1, -1]
        // Not a pipe, whose ends a process that is started meanwhile would inherit.
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw TestSupportError("no descriptors are left: error \(errno)")
        }
        (reading, writing) = (ends[0], ends[1])
    }
}
