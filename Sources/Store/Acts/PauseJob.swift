import Model
import Postgres
import Recurrence

/// What became of the wish to pause a job.
public enum PauseResult: Sendable, Equatable {
    case paused
    case alreadyPaused(Pause)
    case unknown
}

extension Store {
    static let insertPause: Statement = """
        insert into rota.pause (job_id, reason, actor, since, until) values ($1, $2, $3, rota.now(), $4)
        """

    static let endSpentPause: Statement = """
        update rota.pause set resumed_at = until, resumed_by = actor
        where job_id = $1 and resumed_at is null and until <= rota.now()
        """

    /// Stops a job until somebody resumes it, or until a moment. What is going goes on; what is not started is held,
    /// and what falls due meanwhile is skipped.
    public func pause(job: String, reason: String, until: Instant?, actor: String) async throws -> PauseResult {
        try await pool.transaction { connection in
            guard let number = try await FindJob.number(of: job, on: connection) else { return .unknown }
            _ = try await connection.query(Self.endSpentPause, [number])
            if let pause = try await PausedJobs.pause(of: number, on: connection) { return .alreadyPaused(pause) }
            _ = try await connection.query(Self.insertPause, [number, reason, actor, until])
            try await WakePlanning.wake(job: number, on: connection)
            try await Act(actor: actor, verb: "pause", subject: "job/\(job)", reason: reason).record(on: connection)
            return .paused
        }
    }
}
