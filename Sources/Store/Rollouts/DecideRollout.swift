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
    static let insertRolloutEvents: Statement = """
        insert into rota.rollout_event (scope, job_id, client_id, due_at, event, at, actor, why, forgiven, passed)
        select n.scope, n.job_id, n.client_id, n.due_at, $1, rota.now(), $2, $3, n.forgiven, n.passed::smallint[]
        from unnest($4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::integer[], $9::text[])
            n (scope, job_id, client_id, due_at, forgiven, passed)
        """

    /// What has not started of these occurrences.
    static let cancelOccurrences: Statement = """
        with given as (
            select r.id as run_id
            from unnest($1::bigint[], $2::timestamptz[]) n (assignment_id, due_at)
            join rota.run r on r.assignment_id = n.assignment_id and r.due_at = n.due_at and r.ring is not null
        ), unheld as (
            delete from rota.held h using given g where h.run_id = g.run_id and h.hold <> 'unknown'
            returning h.run_id, h.due_at, h.assignment_id, h.attempts, h.losses
        ), unready as (
            delete from rota.ready r using given g where r.run_id = g.run_id
            returning r.run_id, r.due_at, r.assignment_id, r.attempts, r.losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'cancelled', rota.now(), g.attempts + g.losses, $3, $4
        from (select * from unheld union all select * from unready) g
        """

    /// Lets stopped rollouts go on: failures so far, and rings without a success, are forgiven.
    public func resumeRollouts(
        job: String, client: String?, reason: String, actor: String
    ) async throws -> RolloutResult {
        try await decide(.resumed, job: job, client: client, reason: reason, actor: actor) { $0.isStopped }
    }

    /// Ends open rollouts that have begun: what is going goes on, what has not started is cancelled. One that was made ahead
    /// of its time is another, about which nobody has heard anything bad yet.
    public func abortRollouts(job: String, client: String?, reason: String, actor: String) async throws -> RolloutResult
    {
        try await decide(.aborted, job: job, client: client, reason: reason, actor: actor) { rollout in
            if case .aborted = rollout.position { false } else { rollout.isOpen && rollout.hasBegun }
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
                let rollouts = try await RolloutList.load(job: job, client: client, on: connection)
                    .rollouts.filter(which)
                guard !rollouts.isEmpty else { return .nothing }
                _ = try await connection.query(
                    Self.insertRolloutEvents,
                    [decision.rawValue, actor, reason] + ListedRollout.columns(of: rollouts))
                let parts = rollouts.flatMap(\.parts)
                var cancelled = 0
                if decision == .aborted {
                    cancelled = try await connection.query(
                        Self.cancelOccurrences,
                        [
                            parts.map(\.assignment), parts.map(\.due), "its rollout was aborted by \(actor): \(reason)",
                            actor,
                        ]
                    ).affected
                }
                try await WakePlanning.wake(assignments: Array(Set(parts.map(\.assignment))), on: connection)
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
    /// As `insertRolloutEvents` takes them.
    fileprivate static func columns(of rollouts: [ListedRollout]) -> [any PostgresValue] {
        [
            rollouts.map(\.scope), rollouts.map(\.jobID), rollouts.map { $0.client == nil ? nil : $0.clientID },
            rollouts.map(\.due), rollouts.map { Int32($0.tally.failed) }, rollouts.map(\.passed),
        ] as [any PostgresValue]
    }

    /// The rings without a success that are over, as PostgreSQL writes an array of numbers.
    private var passed: String {
        let passed = tally.rings.filter { $0.value.open == 0 && $0.value.succeeded == 0 }.keys.sorted()
        return "{\(passed.map(String.init).joined(separator: ","))}"
    }
}
