import Model
import Postgres
import Recurrence

/// What became of the wish to pause something.
public enum PauseResult: Sendable, Equatable {
    case paused
    case alreadyPaused(Pause)
    case unknown
}

extension Store {
    static let insertPause: Statement = """
        insert into rota.pause (job_id, client_id, asset_id, label_key, label_value, reason, actor, since, until)
        values ($1, $2, $3, $4, $5, $6, $7, rota.now(), $8)
        """

    static let endSpentPause: Statement = """
        update rota.pause set resumed_at = until, resumed_by = actor
        where (job_id, client_id, asset_id, label_key, label_value) is not distinct from ($1, $2, $3, $4, $5)
            and resumed_at is null and until <= rota.now()
        """

    static let selectPause: Statement = """
        select reason, actor, since, until from rota.pause
        where (job_id, client_id, asset_id, label_key, label_value) is not distinct from ($1, $2, $3, $4, $5)
            and resumed_at is null
        """

    /// Stops work until somebody resumes it, or until a moment: a job's, a client's, an asset's, or that of a label, and
    /// where several are named, what fits all of them. What is going goes on; what is not started is held, and what falls
    /// due meanwhile is skipped.
    public func pause(
        _ subject: PauseSubject, reason: String, until: Instant?, actor: String
    ) async throws -> PauseResult {
        try await pool.transaction { connection in
            guard let place = try await PausePlace.find(subject, on: connection) else { return .unknown }
            _ = try await connection.query(Self.endSpentPause, place.parameters)
            if let row = try await connection.query(Self.selectPause, place.parameters).first {
                return .alreadyPaused(
                    try Pause(
                        reason: row.get(0), actor: row.get(1), since: row.get(2), until: row.get(3),
                        subject: subject.isJobAlone ? nil : subject.description))
            }
            _ = try await connection.query(Self.insertPause, place.parameters + [reason, actor, until])
            try await place.wake(on: connection)
            try await Act(actor: actor, verb: "pause", subject: subject.description, reason: reason)
                .record(on: connection)
            return .paused
        }
    }

    /// Stops a job.
    public func pause(job: String, reason: String, until: Instant?, actor: String) async throws -> PauseResult {
        try await pause(PauseSubject(job: job), reason: reason, until: until, actor: actor)
    }
}
