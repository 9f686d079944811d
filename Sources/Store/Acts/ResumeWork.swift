import Model
import Postgres

/// What became of the wish to resume something.
public enum ResumeResult: Sendable, Equatable {
    case resumed
    case notPaused
    case unknown
}

extension Store {
    /// What names the job and no client ends its pauses at single clients too: those are made where it has failed.
    static let endPause: Statement = """
        update rota.pause set resumed_at = rota.now(), resumed_by = $6
        where (job_id, asset_id, label_key, label_value) is not distinct from ($1, $3, $4, $5)
            and (client_id is not distinct from $2 or $1 is not null and $2 is null)
            and resumed_at is null and (until is null or until > rota.now())
        """

    /// Lets what was paused go on. What fell due meanwhile stays skipped.
    public func resume(_ subject: PauseSubject, actor: String) async throws -> ResumeResult {
        try await pool.transaction { connection in
            guard let place = try await PausePlace.find(subject, on: connection) else { return .unknown }
            guard try await connection.query(Self.endPause, place.parameters + [actor]).affected > 0 else {
                return .notPaused
            }
            try await place.wake(on: connection)
            try await Act(actor: actor, verb: "resume", subject: subject.description).record(on: connection)
            return .resumed
        }
    }

    /// Lets a job go on.
    public func resume(job: String, actor: String) async throws -> ResumeResult {
        try await resume(PauseSubject(job: job), actor: actor)
    }
}
