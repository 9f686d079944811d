import Model
import Postgres
import Recurrence

/// Assignments that are planned together: read with a handful of statements, and written with another.
struct PlanningChunk: Sendable {
    /// Locked, and at least one.
    let assignments: ArraySlice<WakingAssignment>
    /// At about so many targets what stands open is read, and at about so many new runs they are written; an assignment that
    /// has more targets is planned in parts. So a chunk of large fleets takes no more memory than so many targets.
    let most: Int

    /// Plans all of them. What one of them cannot be planned for is noted with it; what cannot be written is thrown.
    func plan(on connection: isolated Connection) async throws -> PlanningPass {
        guard let now = assignments.first?.now else { return PlanningPass() }
        var definitions = try await PlanningDefinitions.load(for: assignments, on: connection)
        let assets = try await PlanningAssets.load(for: assignments, definitions, on: connection)
        var pass = PlanningPass()
        pass.assignments = assignments.count
        var writer = PlanWriter(now: now, most: most)
        for part in parts(definitions, assets) {
            if part.count == 1, let parted = PlanInParts(part[part.startIndex], definitions, assets, most: most) {
                try await writer.write(on: connection)
                try await parted.plan(&definitions, &pass, &writer, on: connection)
                continue
            }
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
                if writer.runs >= most { try await writer.write(on: connection) }
            }
        }
        try await writer.write(on: connection)
        return pass
    }

    static func state(
        of assignment: WakingAssignment, _ definitions: inout PlanningDefinitions, _ assets: PlanningAssets,
        _ open: OpenRuns, _ surroundings: PlanningSurroundings
    ) throws -> AssignmentState {
        try state(
            of: assignment, &definitions, assets,
            targets: assets.targets(of: try definitions.job(of: assignment), client: assignment.clientID),
            open: try open.runs(of: assignment), surroundings)
    }

    static func state(
        of assignment: WakingAssignment, _ definitions: inout PlanningDefinitions, _ assets: PlanningAssets,
        targets: [Int64?], open: [OpenRun], _ surroundings: PlanningSurroundings
    ) throws -> AssignmentState {
        let job = try definitions.job(of: assignment)
        var state = AssignmentState(
            job: job, schedule: try definitions.schedule(of: assignment),
            window: try definitions.window(of: assignment),
            pauses: definitions.pauses.of(job: assignment.jobID, client: assignment.clientID),
            plannedThrough: assignment.plannedThrough, targets: targets,
            reviewable: try assets.reviewable(by: job, client: assignment.clientID), open: open,
            client: try definitions.client(of: assignment))
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
            if index > begin, targets + (own ?? 0) > most {
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
