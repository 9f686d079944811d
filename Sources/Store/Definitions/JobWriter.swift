import Model
import Postgres

/// Writes jobs: each change is a new revision, and those before it stay.
enum JobWriter {
    static let save: Statement = """
        with given as (
            select name, definition from unnest($1::text[], $2::jsonb[]) as given (name, definition)
        ), saved as (
            insert into rota.job as j (name, revision, changed_at)
            select name, 1, rota.now() from given
            on conflict (name) do update
            set revision = j.revision + 1, changed_at = excluded.changed_at, removed_at = null
            returning j.id, j.name, j.revision
        )
        insert into rota.job_revision (job_id, revision, definition, applied_at, applied_by)
        select s.id, s.revision, g.definition, rota.now(), $3
        from saved s join given g on g.name = s.name
        """

    static let remove: Statement =
        "update rota.job set removed_at = rota.now(), changed_at = rota.now() where name = any ($1)"

    static func save(_ jobs: [Job], actor: String, on connection: isolated Connection) async throws {
        guard !jobs.isEmpty else { return }
        let documents = try jobs.map { try JSON(encoding: $0) }
        _ = try await connection.query(save, [jobs.map(\.name), documents, actor])
    }

    static func remove(_ names: [String], on connection: isolated Connection) async throws {
        guard !names.isEmpty else { return }
        _ = try await connection.query(remove, [names])
    }
}
