import Glibc
import Postgres
import Recurrence
import Schema
import Store
import Synchronization
import TestSupport

import class FoundationEssentials.FileManager

/// Where a trial takes place: servers, a directory, and the processes of Rota.
final class Stage: Sendable {
    /// After so long without a renewal a lease runs out.
    static let lease = 4
    /// So long after it another worker may have the run.
    static let grace = 2

    let ground: Ground
    let pool: Pool
    let reading: Reading
    let clock: DatabaseClock
    let programme: Programme
    let directory: String
    let work: WorkLog
    let pace: Pace
    private let rota: String
    private let processes = Mutex<[ServiceProcess]>([])

    private init(ground: Ground, directory: String, rota: String, pace: Pace) {
        self.ground = ground
        self.pace = pace
        self.directory = directory
        self.rota = rota
        pool = Pool(Configuration(ground.directConninfo), size: 4, waitsForServer: true)
        reading = Reading(pool: pool)
        work = WorkLog(path: "\(directory)/work.log")
        // The window closes for new starts on a whole minute of the database's clock, and some seconds from now.
        let now = WallClock.read()
        let wanted = now + pace.windowAfter + .seconds(Programme.timeout)
        let minute = Instant(seconds: (wanted.seconds / 60 + 1) * 60)
        clock = DatabaseClock(ahead: minute - wanted)
        programme = Programme(lastStart: minute - .seconds(Programme.timeout))
    }

    /// Runs `body` on a stage of its own, and clears it away.
    static func with<T: Sendable>(
        _ fault: Fault?, seed: UInt64, pace: Pace, _ body: @Sendable (Stage) async throws -> T
    ) async throws -> T {
        let ground = try await Ground.prepare(for: fault, seed: seed)
        var template = Array("/tmp/rota-fault-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestSupportError("/tmp takes no directory: error \(errno)") }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        // The server's user passes through, to a disk that is mounted here.
        chmod(directory, 0o711)
        let stage = Stage(ground: ground, directory: directory, rota: try RotaProgram.path(), pace: pace)
        do {
            try await stage.prepare()
            let value = try await body(stage)
            try await stage.clear()
            return value
        } catch {
            print("\(error)\n\(stage.report)")
            try await stage.clear()
            throw error
        }
    }

    private func prepare() async throws {
        try File.write(WorkScript.text, to: "\(directory)/work", mode: 0o755)
        _ = try await Migrator(pool: pool).migrate()
        try await reading.setClock(ahead: clock.ahead)
        try File.write(
            programme.manifests(script: "\(directory)/work", log: work.path), to: "\(directory)/jobs.yaml", mode: 0o644)
    }

    /// Runs a command to its end.
    func command(_ name: String, _ words: [String]) async throws -> (ending: ServiceProcess.Ending, lines: [String]) {
        let process = try await ServiceProcess.start(name, [rota] + words, environment: environment(name))
        let ending = try await process.end()
        return (ending, await process.log.whole())
    }

    func startScheduler(_ name: String) async throws -> ServiceProcess {
        try await startService(name, ["scheduler", "--name", name, "--grace", "\(Self.grace)s"])
    }

    func startWorker(_ name: String) async throws -> ServiceProcess {
        try await startService(name, ["worker", "--name", name, "--slots", "6", "--lease", "\(Self.lease)s"])
    }

    private func startService(_ name: String, _ words: [String]) async throws -> ServiceProcess {
        var (words, environment) = ([rota] + words + ["--log-format", "json"], environment(name))
        if let cable = ground.cable, Self.isAtSite(name) {
            words = cable.site.entered(words)
            environment["ROTA_DATABASE_URL"] = ground.siteConninfo
        }
        let process = try await ServiceProcess.start(name, words, environment: environment)
        processes.withLock { $0.append(process) }
        return process
    }

    /// Whether a part is at the other end of the cable, where there is one.
    static func isAtSite(_ name: String) -> Bool { ["worker-a", "worker-b", "scheduler-a"].contains(name) }

    private func environment(_ name: String) -> [String: String] {
        ["ROTA_DATABASE_URL": ground.conninfo, "XDG_STATE_HOME": "\(directory)/\(name)"]
    }

    /// All parts that were started, those that have ended too.
    var services: [ServiceProcess] { processes.withLock { $0 } }

    /// Those of them that are there.
    func running(_ kind: String) -> [ServiceProcess] {
        services.filter { $0.name.hasPrefix(kind) && $0.isRunning }
    }

    /// What all processes wrote, and what the commands did.
    var report: String {
        let work: String
        do {
            work = try self.work.text()
        } catch {
            work = "\(error)"
        }
        let lines = work.split(separator: "\n").suffix(20).joined(separator: "\n")
        return (services.map(\.report) + ["--- commands\n\(lines)"]).joined(separator: "\n")
    }

    private func clear() async throws {
        for process in services {
            process.send(SIGKILL)
            process.send(SIGCONT)
        }
        for process in services { _ = try await process.end() }
        await pool.close()
        ground.end()
        try FileManager.default.removeItem(atPath: directory)
    }
}
