import Model
import Postgres

/// Writes which jobs are to be looked at when runs of others end.
enum WatchWriter {
    static let remove: Statement = """
        delete from rota.watch w using rota.job j where w.watcher_id = j.id and j.name = any ($1)
        """

    static let insert: Statement = """
        insert into rota.watch (job_id, watcher_id, across_clients)
        select j.id, w.id, n.across_clients
        from unnest($1::text[], $2::text[], $3::boolean[]) n (job, watcher, across_clients)
        join rota.job j on j.name = n.job
        join rota.job w on w.name = n.watcher
        """

    /// Of jobs that are new or have changed.
    static func save(_ jobs: [Job], on connection: isolated Connection) async throws {
        guard !jobs.isEmpty else { return }
        _ = try await connection.query(remove, [jobs.map(\.name)])
        var watched: [(job: String, watcher: String, across: Bool)] = []
        for job in jobs {
            let across = job.rollout?.across == .clients
            if job.watchesItself { watched.append((job.name, job.name, across)) }
            for name in Set(job.requiredJobs) { watched.append((name, job.name, false)) }
        }
        guard !watched.isEmpty else { return }
        _ = try await connection.query(
            insert, [watched.map(\.job), watched.map(\.watcher), watched.map(\.across)])
    }
}
