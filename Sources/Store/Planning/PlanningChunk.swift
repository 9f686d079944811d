import Model
import Postgres
import Recurrence

/// Assignments that are planned together: read with a handful of statements, and written with another.
struct PlanningChunk: Sendable {
    /// At about so many targets what stands open is read, and at about so many new runs they are written: so a chunk
    /// of large fleets takes no more memory than one of them.
    static let mostRuns = 20_000

    /// Locked, and at least one.
    let assignments: ArraySlice<WakingAssignment>

    /// Plans all of them. What one of them cannot be planned for is noted with it; what cannot be written is thrown.
    func plan(on connection: isolated Connection) async throws -> PlanningPass {
        guard let now = assignments.first?.now else { return PlanningPass() }
        var definitions = try await PlanningDefinitions.load(for: assignments, on: connection)
        let assets = try await PlanningAssets.load(for: assignments, definitions, on: connection)
        var pass = PlanningPass()
        pass.assignments = assignments.count
        var writer = PlanWriter(now: now)
        for part in parts(definitions, assets) {
            let open = try await OpenRuns.load(of: part, on: connection)
            let surroundings = try await PlanningSurroundings.load(
                of: part, definitions, assets, open, on: connection)
            for assignment in part {
                do {
                    let state = try Self.state(of: assignment, &definitions, assets, open, surroundings)
                    let plan = try state.plan(now: now)
                    pass.occurrences += plan.occurrences.count
                    pass.moves += plan.moves.count
                    writer.add(plan, of: assignment, job: state.job, surroundings.rollouts)
                } catch {
                    pass.troubles.append(writer.add(trouble: error, of: assignment))
                }
                if writer.runs >= Self.mostRuns { try await writer.write(on: connection) }
            }
        }
        try await writer.write(on: connection)
        return pass
    }

    static func state(
        of assignment: WakingAssignment, _ definitions: inout PlanningDefinitions, _ assets: PlanningAssets,
        _ open: OpenRuns, _ surroundings: PlanningSurroundings
    ) throws -> AssignmentState {
        let job = try definitions.job(of: assignment)
        var state = AssignmentState(
            job: job, schedule: try definitions.schedule(of: assignment),
            window: try definitions.window(of: assignment),
            pauses: definitions.pauses.of(job: assignment.jobID, client: assignment.clientID),
            plannedThrough: assignment.plannedThrough,
            targets: assets.targets(of: job, client: assignment.clientID),
            reviewable: try assets.reviewable(by: job, client: assignment.clientID),
            open: try open.runs(of: assignment), client: try definitions.client(of: assignment))
        try surroundings.complete(&state, of: assignment, &definitions)
        return state
    }

    /// Neighbours that have no more targets together than are read at once; or one that has more alone.
    private func parts(
        _ definitions: PlanningDefinitions, _ assets: PlanningAssets
    ) -> [ArraySlice<WakingAssignment>] {
        var parts: [ArraySlice<WakingAssignment>] = []
        var begin = assignments.startIndex
        var targets = 0
        for index in assignments.indices {
            let assignment = assignments[index]
            let own = definitions.readableJob(of: assignment).map { job in
                assets.targets(of: job, client: assignment.clientID).count
            }
            if index > begin, targets + (own ?? 0) > Self.mostRuns {
                parts.append(assignments[begin..<index])
                begin = index
                targets = 0
            }
            targets += own ?? 0
        }
        parts.append(assignments[begin...])
        return parts
    }
}
