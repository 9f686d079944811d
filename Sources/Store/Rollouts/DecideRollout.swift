import Model
import Postgres
import Recurrence

/// What became of a person's word about rollouts.
public enum RolloutResult: Sendable, Equatable {
    /// The rollouts that go on, or are ended, and how many runs were cancelled.
    case decided([ListedRollout], cancelled: Int)
    /// None is stopped (or open, to be aborted).
    case nothing
    case unknownJob
}

extension Store {
    static let insertRolloutEvent: Statement = """
        insert into rota.rollout_event (scope, job_id, client_id, due_at, event, at, actor, why, forgiven, passed)
        values ($1, $2, $3, $4, $5, rota.now(), $6, $7, $8, $9)
        """

    /// What has not started of these occurrences.
    static let cancelOccurrences: Statement = """
        with given as (
            select r.id as run_id
            from unnest($1::bigint[]) n (assignment_id)
            join rota.occurrence p on p.assignment_id = n.assignment_id
                and p.due_at between $2::timestamptz - interval '27 hours' and $2::timestamptz + interval '27 hours'
            join rota.occurrence o on o.assignment_id = $3 and o.due_at = $2 and o.local_time = p.local_time
                and (n.assignment_id <> $3 or p.due_at = $2)
            join rota.run r on r.assignment_id = p.assignment_id and r.due_at = p.due_at and r.ring is not null
        ), unheld as (
            delete from rota.held h using given g where h.run_id = g.run_id and h.hold <> 'unknown'
            returning h.run_id, h.due_at, h.assignment_id, h.attempts, h.losses
        ), unready as (
            delete from rota.ready r using given g where r.run_id = g.run_id
            returning r.run_id, r.due_at, r.assignment_id, r.attempts, r.losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'cancelled', rota.now(), g.attempts + g.losses, $4, $5
        from (select * from unheld union all select * from unready) g
        """

    /// Lets stopped rollouts go on: failures so far, and rings without a success, are forgiven.
    public func resumeRollouts(
        job: String, client: String?, reason: String, actor: String
    ) async throws -> RolloutResult {
        try await decide(.resumed, job: job, client: client, reason: reason, actor: actor) { $0.isStopped }
    }

    /// Ends open rollouts: what is going goes on, what has not started is cancelled.
    public func abortRollouts(job: String, client: String?, reason: String, actor: String) async throws -> RolloutResult
    {
        try await decide(.aborted, job: job, client: client, reason: reason, actor: actor) { rollout in
            if case .aborted = rollout.position { false } else { rollout.isOpen }
        }
    }

    private enum Decision: String { case resumed, aborted }

    private func decide(
        _ decision: Decision, job: String, client: String?, reason: String, actor: String,
        which: @Sendable @escaping (ListedRollout) -> Bool
    ) async throws -> RolloutResult {
        try await repeatingConflicts {
            try await pool.transaction { connection in
                guard try await FindJob.number(of: job, on: connection) != nil else { return .unknownJob }
                let rollouts = try await ListedRollout.load(job: job, client: client, on: connection).filter(which)
                guard !rollouts.isEmpty else { return .nothing }
                var cancelled = 0
                for rollout in rollouts {
                    _ = try await connection.query(
                        Self.insertRolloutEvent, rollout.parameters(decision.rawValue, actor: actor, reason: reason))
                    guard decision == .aborted, let first = rollout.assignments.first else { continue }
                    cancelled += try await connection.query(
                        Self.cancelOccurrences,
                        [
                            rollout.assignments, rollout.due, first, "its rollout was aborted by \(actor): \(reason)",
                            actor,
                        ]
                    ).affected
                }
                try await WakePlanning.wake(assignments: rollouts.flatMap(\.assignments), on: connection)
                let scopes = try JSON(encoding: rollouts.map(\.scope))
                let verb = decision == .resumed ? "rollout resume" : "rollout abort"
                try await Act(actor: actor, verb: verb, subject: "job/\(job)", reason: reason, detail: scopes)
                    .record(on: connection)
                return .decided(rollouts, cancelled: cancelled)
            }
        }
    }
}

extension ListedRollout {
    fileprivate func parameters(_ event: String, actor: String, reason: String) -> [any PostgresValue] {
        let passed = tally.rings.filter { $0.value.open == 0 && $0.value.succeeded == 0 }.keys.map(Int16.init)
        return [
            scope, jobID, client == nil ? nil : clientID, due, event, actor, reason, Int32(tally.failed),
            passed.sorted(),
        ] as [any PostgresValue]
    }
}
