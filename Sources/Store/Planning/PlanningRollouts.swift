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
        var rollouts = PlanningRollouts()
        for assignment in assignments {
            guard let job = definitions.readableJob(of: assignment), job.rollout?.isWatched == true else { continue }
            for due in try open.dues(of: assignment) {
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
