import FaultRig
import Glibc
import Model
import Postgres
import Recurrence
import Schema
import Store
import StoreTestSupport
import Synchronization
import TestSupport

import class FoundationEssentials.FileManager

/// A database, a directory, and the processes of a test: all gone with it.
final class Scene: Sendable {
    let pool: Pool
    /// How the parts of Rota reach the database.
    let conninfo: String
    /// How the test itself does.
    let direct: String
    let estate: Estate
    let store: Store
    let watch: Watch
    /// What the commands write.
    let work: WorkLog
    let directory: String
    private let rota: String
    /// Every command holds it as long as it is there.
    private let alive: Fifo
    private let processes = Mutex<[ServiceProcess]>([])

    private init(pool: Pool, direct: String, conninfo: String, directory: String) throws {
        self.pool = pool
        self.direct = direct
        self.conninfo = conninfo
        self.directory = directory
        estate = Estate(pool: pool)
        store = Store(pool: pool)
        watch = Watch(pool: pool)
        work = WorkLog(path: "\(directory)/work.log")
        rota = try RotaProgram.path()
        alive = try Fifo("\(directory)/alive")
        try File.write(WorkScript.text, to: "\(directory)/work", mode: 0o755)
    }

    /// Runs `body` with a database of its own on the server that all tests share.
    static func with(_ body: @Sendable (Scene) async throws -> Void) async throws {
        try await withMigratedDatabase(size: 6) { database in
            try await run(pool: database.pool, direct: database.database.conninfo, body)
        }
    }

    /// The same, with a pooler between the database and the parts of Rota.
    static func withPooler(_ body: @Sendable (Scene) async throws -> Void) async throws {
        try await withMigratedDatabase(size: 6) { database in
            let direct = database.database.conninfo
            try await Pooler.with(direct) { pooler in
                try await run(pool: database.pool, direct: direct, through: pooler.conninfo, body)
            }
        }
    }

    /// Runs `body` with a server of its own, which it may stop and kill.
    static func withCluster(_ body: @Sendable (Scene, Cluster) async throws -> Void) async throws {
        let cluster = try await Cluster.start()
        let pool = Pool(cluster.configuration(), size: 6)
        do {
            _ = try await Migrator(pool: pool).migrate()
            try await run(pool: pool, direct: cluster.conninfo()) { try await body($0, cluster) }
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func run(
        pool: Pool, direct: String, through conninfo: String? = nil, _ body: @Sendable (Scene) async throws -> Void
    ) async throws {
        var template = Array("/tmp/rota-scene-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestSupportError("/tmp takes no directory: error \(errno)") }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        // Whoever an embedded server runs as must be able to pass through.
        chmod(directory, 0o711)
        let scene = try Scene(pool: pool, direct: direct, conninfo: conninfo ?? direct, directory: directory)
        do {
            try await scene.estate.add(client)
            try await body(scene)
            try await scene.clear()
        } catch {
            print("\(error)\n\(scene.report)")
            try await scene.clear()
            throw error
        }
    }

    static let client = Client(name: "acme", timezone: "UTC")

    /// A job of this scene's command. Without `every` it is due in ten years, and done when somebody asks for it.
    func job(_ name: String, every seconds: Int64 = 315_360_000, _ verb: String = "pass", queue: String = "default")
        -> Job
    {
        let command = ["\(directory)/work", directory, verb, name]
        return Job(
            name: name, schedule: ScheduleRule(every: Span(seconds: seconds)), queue: queue,
            action: .exec(ExecAction(command: command, timeout: Span(seconds: 600))))
    }

    /// Adds a job whose schedule counts from now.
    func add(_ job: Job) async throws {
        _ = try await estate.add(job, for: Self.client, plannedThrough: try await store.now())
    }

    /// Asks for a run of the job, and tells its number.
    func request(_ job: String) async throws -> Int64 {
        let answer = try await store.requestRuns(job: job, client: nil, asset: nil, actor: "test")
        guard case .requested(let runs) = answer, let run = runs.first else {
            throw TestSupportError("\(job) was not to be had: \(answer)")
        }
        return run.run
    }

    /// Waits for the end of a run.
    func waitForEnd(of run: Int64, within limit: Duration = .seconds(120)) async throws {
        try await watch.until(
            "the end of run \(run)", within: limit, "select exists (select from rota.done where run_id = $1)", [run])
    }

    func pipe(_ name: String) throws -> Fifo { try Fifo("\(directory)/\(name).started") }
    func gate(_ name: String) throws -> Gate { try Gate("\(directory)/\(name).gate") }

    /// Starts a part of Rota on this database.
    func start(
        _ name: String, _ words: [String], environment: [String: String] = [:]
    ) async throws -> ServiceProcess {
        let own = [
            "ROTA_DATABASE_URL": conninfo, "ROTA_LOG_FORMAT": "text", "XDG_STATE_HOME": "\(directory)/\(name)",
        ]
        let process = try await ServiceProcess.start(
            name, [rota] + words, environment: own.merging(environment) { _, given in given })
        processes.withLock { $0.append(process) }
        return process
    }

    func startScheduler(
        _ name: String = "scheduler", grace: String = "1s", environment: [String: String] = [:]
    ) async throws -> ServiceProcess {
        let process = try await start(
            name, ["scheduler", "--name", name, "--grace", grace], environment: environment)
        try await process.says("scheduler started")
        return process
    }

    func startWorker(
        _ name: String = "worker", queues: [String] = ["default"], slots: Int = 8, lease: String = "3s",
        more: [String] = [], environment: [String: String] = [:]
    ) async throws -> ServiceProcess {
        let served = queues.flatMap { ["--queue", $0] }
        let process = try await start(
            name, ["worker", "--name", name, "--slots", "\(slots)", "--lease", lease] + served + more,
            environment: environment)
        try await process.says("worker started")
        return process
    }

    /// What all processes wrote, and what the commands did.
    var report: String {
        let logs = processes.withLock { $0 }.map(\.report)
        let work: String
        do {
            work = try self.work.text().split(separator: "\n").suffix(40).joined(separator: "\n")
        } catch {
            work = "\(error)"
        }
        return (logs + ["--- commands\n\(work)"]).joined(separator: "\n")
    }

    /// Ends what is still there, and removes the directory.
    private func clear() async throws {
        let all = processes.withLock { $0 }
        for process in all {
            process.send(SIGKILL)
            process.send(SIGCONT)
        }
        for process in all { _ = try await process.end() }
        // A writer that comes and goes, for where there was none: a pipe that was never written to is not silent yet.
        close(open(alive.path, O_WRONLY | O_NONBLOCK | O_CLOEXEC))
        try await alive.silence("the end of all commands")
        try FileManager.default.removeItem(atPath: directory)
    }
}
