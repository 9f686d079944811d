import Model
import Postgres
import Recurrence

/// What decides about runs beside their own job, client and window.
struct PlanningSurroundings: Sendable {
    var known: [Int64: Asset]
    var facts: PlanningFacts
    var rollouts: PlanningRollouts
    /// Of jobs whose rollout goes over all clients.
    var targetCounts: [Int64: Int]

    static func load(
        of part: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions, _ assets: PlanningAssets,
        _ open: OpenRuns, on connection: isolated Connection
    ) async throws -> PlanningSurroundings {
        PlanningSurroundings(
            known: try await assets.known(part, definitions, on: connection),
            facts: try await PlanningFacts.load(for: part, definitions, on: connection),
            rollouts: try await PlanningRollouts.load(for: part, definitions, open, on: connection),
            targetCounts: try await counts(of: part, definitions, on: connection))
    }

    /// Of one assignment, but for what is about single targets.
    static func load(
        of assignment: WakingAssignment, _ definitions: PlanningDefinitions, open dues: Set<Instant>,
        on connection: isolated Connection
    ) async throws -> PlanningSurroundings {
        let alone = [assignment][...]
        return PlanningSurroundings(
            known: [:], facts: try await PlanningFacts.ofAll(alone, definitions, on: connection),
            rollouts: try await PlanningRollouts.load([(assignment, dues)], definitions, on: connection),
            targetCounts: try await counts(of: alone, definitions, on: connection))
    }

    func complete(
        _ state: inout AssignmentState, of assignment: WakingAssignment, _ definitions: inout PlanningDefinitions
    ) throws {
        state.assets = known
        state.facts = facts.facts(of: state.job, client: assignment.clientID)
        state.rollouts = rollouts.tallies(of: assignment)
        state.failure = facts.failure(of: assignment)
        state.targetsOfAllClients = targetCounts[assignment.jobID]
        state.windowStops = try definitions.windowRule(of: assignment)?.atClose == .stop
        if state.job.whenOffline == .skip { state.hasWorker = facts.hasWorker(for: state.job) }
        if state.open.contains(where: \.overridesFreeze) {
            state.unfrozenWindow = try definitions.window(of: assignment, unfrozen: true)
        }
    }

    private static func counts(
        of part: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions, on connection: isolated Connection
    ) async throws -> [Int64: Int] {
        var selectors: [Int64: TargetSelector] = [:]
        var counts: [Int64: Int] = [:]
        for assignment in part where selectors[assignment.jobID] == nil && counts[assignment.jobID] == nil {
            guard let job = definitions.readableJob(of: assignment), job.rollout?.across == .clients else { continue }
            if job.targets?.condition == nil {
                selectors[assignment.jobID] = job.targets
            } else {
                counts[assignment.jobID] = try await NarrowedScope.load(
                    client: nil, job: job.name, now: assignment.now, on: connection
                ).count
            }
        }
        guard !selectors.isEmpty else { return counts }
        let jobs = Array(selectors.keys)
        let kinds = try jobs.map { try JSON(encoding: selectors[$0]?.kinds ?? []) }
        let labels = try jobs.map { try JSON(encoding: selectors[$0]?.labels ?? [:]) }
        for row in try await connection.query(PlanningAssets.countTargets, [jobs, kinds, labels]) {
            counts[try row.get(0)] = Int(try row.get(1, as: Int64.self))
        }
        return counts
    }
}
