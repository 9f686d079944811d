import Model
import Postgres

/// What became of the wish to do a run again.
public enum RetryResult: Sendable, Equatable {
    /// The number of the new run: history is never changed, so the work is done again as a run of its own.
    case requested(RequestedRun)
    case stillOpen(RunState)
    /// Its job, or its client's part in it, has been removed.
    case removed
    case unknown
}

extension Store {
    static let selectForRetry: Statement = """
        select a.id, c.id, c.name, v.revision, v.definition, c.definition, r.job_id, r.asset_id
        from rota.run r
        join rota.assignment a on a.id = r.assignment_id and a.removed_at is null
        join rota.client c on c.id = a.client_id
        join rota.job j on j.id = a.job_id
        join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        where r.id = $1
        """

    /// What nobody knows the end of counts as over, so that the work may be done by another run.
    static let giveUpUnknown: Statement = """
        with gone as (
            delete from rota.held where run_id = $1 and hold = 'unknown'
            returning run_id, due_at, assignment_id, attempts, losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'failed', rota.now(), g.attempts + g.losses,
            'nobody knows how it ended; done again', $2
        from gone g
        """

    /// Asks for the work of a run that is done, or that nobody knows the end of, once more, by the job as it is now.
    public func retry(run: Int64, actor: String) async throws -> RetryResult {
        try await pool.transaction { connection in
            guard let state = try await RunPlace.state(of: run, on: connection) else { return .unknown }
            let isGivenUp = try await connection.query(Self.giveUpUnknown, [run, actor]).affected > 0
            guard !state.isOpen || isGivenUp else { return .stillOpen(state) }
            guard let row = try await connection.query(Self.selectForRetry, [run]).first else { return .removed }
            let request = try RunRequest(row, job: row.get(6), actor: actor)
            let made = try await request.insert(targets: [row.get(7)], retryOf: run, on: connection)
            try await WakePlanning.wake(assignments: [request.assignment], on: connection)
            try await Act(actor: actor, verb: "retry", subject: "run/\(run)").record(on: connection)
            return .requested(made[0])
        }
    }
}
