import Model
import Postgres
import Recurrence

/// How far the rollouts of occurrences with open runs have come.
struct PlanningRollouts: Sendable {
    private var keys: [Int64: [Instant: RolloutKey]] = [:]
    private var book = RolloutBook()

    static func load(
        for assignments: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions, _ open: OpenRuns,
        on connection: isolated Connection
    ) async throws -> PlanningRollouts {
        let watched = assignments.filter { definitions.readableJob(of: $0)?.rollout?.isWatched == true }
        return try await load(try watched.map { ($0, try open.dues(of: $0)) }, definitions, on: connection)
    }

    /// - Parameter assignments: with the moments at which their open runs were due.
    static func load(
        _ assignments: [(WakingAssignment, dues: Set<Instant>)], _ definitions: PlanningDefinitions,
        on connection: isolated Connection
    ) async throws -> PlanningRollouts {
        var rollouts = PlanningRollouts()
        for (assignment, dues) in assignments {
            guard let job = definitions.readableJob(of: assignment), job.rollout?.isWatched == true else { continue }
            for due in dues {
                rollouts.keys[assignment.id, default: [:]][due] = RolloutKey(
                    assignment: assignment.id, job: assignment.jobID, jobName: assignment.jobName,
                    clientName: assignment.clientName, due: due, isAcross: job.rollout?.across == .clients)
            }
        }
        let all = rollouts.keys.values.flatMap(\.values)
        rollouts.book = try await RolloutBook.load(all, on: connection)
        return rollouts
    }

    func tallies(of assignment: WakingAssignment) -> [Instant: RolloutTally] {
        (keys[assignment.id] ?? [:]).mapValues(book.tally)
    }

    func scope(of assignment: WakingAssignment, due: Instant) -> String? {
        keys[assignment.id]?[due].flatMap(book.scope)
    }
}
