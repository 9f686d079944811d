import Model
import Postgres

enum PausedJobs {
    static let select: Statement =
        "select reason, actor, since, until from rota.pause where job_id = $1 and resumed_at is null"

    static let selectAll: Statement = """
        select reason, actor, since, until, job_id from rota.pause where job_id = any ($1) and resumed_at is null
        """

    static func pause(of job: Int64, on connection: isolated Connection) async throws -> Pause? {
        try await connection.query(select, [job]).first.map(pause)
    }

    /// What `selectAll` has told, by the job's number.
    static func pauses(_ rows: Rows) throws -> [Int64: Pause] {
        var pauses: [Int64: Pause] = [:]
        for row in rows { pauses[try row.get(4)] = try pause(row) }
        return pauses
    }

    private static func pause(_ row: Row) throws -> Pause {
        try Pause(reason: row.get(0), actor: row.get(1), since: row.get(2), until: row.get(3))
    }
}
