import Model
import Postgres

enum PausedJobs {
    static let select: Statement =
        "select reason, actor, since, until from rota.pause where job_id = $1 and resumed_at is null"

    static func pause(of job: Int64, on connection: isolated Connection) async throws -> Pause? {
        try await connection.query(select, [job]).first.map { row in
            try Pause(reason: row.get(0), actor: row.get(1), since: row.get(2), until: row.get(3))
        }
    }
}
