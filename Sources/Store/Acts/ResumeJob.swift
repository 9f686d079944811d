import Postgres

/// What became of the wish to resume a job.
public enum ResumeResult: Sendable, Equatable {
    case resumed
    case notPaused
    case unknown
}

extension Store {
    static let endPause: Statement = """
        update rota.pause set resumed_at = rota.now(), resumed_by = $2
        where job_id = $1 and resumed_at is null and (until is null or until > rota.now())
        """

    /// Lets a paused job go on. What fell due meanwhile stays skipped.
    public func resume(job: String, actor: String) async throws -> ResumeResult {
        try await pool.transaction { connection in
            guard let number = try await FindJob.number(of: job, on: connection) else { return .unknown }
            guard try await connection.query(Self.endPause, [number, actor]).affected > 0 else { return .notPaused }
            try await WakePlanning.wake(job: number, on: connection)
            try await Act(actor: actor, verb: "resume", subject: "job/\(job)").record(on: connection)
            return .resumed
        }
    }
}
