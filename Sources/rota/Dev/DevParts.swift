import Actions
import FoundationEssentials
import Logging
import Manifest
import Model
import Postgres
import Scheduler
import Schema
import Store
import Worker

/// The parts that `rota dev` runs in one process, on a server that is there already.
struct DevParts {
    let server: EmbeddedPostgres
    let jobs: String
    let data: String
    let part: ServiceOptions
    let logger: Logger

    func run(_ manifests: ReadResult) async throws {
        let pool = Pool(Configuration(server.conninfo, applicationName: "rota dev"), size: 8, waitsForServer: true)
        do {
            try await prepare(manifests, in: pool)
            try await work(for: manifests.definitions, in: pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func prepare(_ manifests: ReadResult, in pool: Pool) async throws {
        let migrations = try await Migrator(pool: pool).migrate().applied
        if !migrations.isEmpty { logger.info("migrated", metadata: ["migrations": "\(migrations.count)"]) }
        let result = try await ManifestFiles.apply(
            manifests, to: Store(pool: pool), prune: true, dryRun: false, actor: "rota dev")
        if let removed = AppliedChanges.removed(result) {
            logger.warning("removed what is not in the manifests", metadata: ["removed": "\(removed)"])
        }
        logger.info("applied", metadata: ["manifests": "\(jobs)", "objects": "\(result.objects.count)"])
    }

    /// Says where the database is: on standard error, and in a file for scripts.
    private func publishAddress() throws {
        let file = data + "/database-url"
        do {
            try (server.conninfo + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw CommandFailure(
                "cannot write \(file): \(error)", mend: "give --data a directory that you may write to")
        }
        logger.info("ready; elsewhere say: export ROTA_DATABASE_URL='\(server.conninfo)'")
    }

    private func work(for definitions: [Definition], in pool: Pool) async throws {
        let scheduler = Scheduling.service(
            pool: pool, settings: SchedulerSettings(name: "dev", host: HostName.own),
            logger: try part.logger("scheduler"))
        let profile = WorkerProfile(
            name: "dev", instance: Working.instance(of: "dev"), host: HostName.own, queues: queues(of: definitions),
            clients: nil, slots: 8, reserve: 6)
        let root = try Files.absolute(data)
        let worker = Working.service(
            pool: pool, settings: WorkerSettings(profile: profile, drain: .seconds(20)),
            environment: ActionEnvironment(
                searchPath: [try Files.absolute(jobs) + "/bin"] + ActionEnvironment.systemPath,
                workRoot: root + "/work", outbox: root + "/outbox",
                secrets: SecretSource(environment: Environment.all)),
            logger: try part.logger("worker"))
        try await RunParts(
            services: [ServerWatch(server: server), scheduler, worker], logger: logger, hurry: { worker.hurry() },
            tell: { try publishAddress() }
        ).run()
    }

    /// All queues of the manifests: in one process nobody else is there to serve them.
    private func queues(of definitions: [Definition]) -> [String] {
        let used = definitions.compactMap { definition -> String? in
            guard case .job(let job) = definition else { return nil }
            return job.queue
        }
        return Set(used + ["default"]).sorted()
    }
}
