import Model
import Postgres
import Recurrence

/// An assignment that has more targets than are planned at once. Its plan is made and written a part of the targets at a time,
/// all in one transaction: so a fleet of a hundred thousand takes little more memory than one of a few thousand. Shares
/// are taken of all its targets, which are counted before.
struct PlanInParts: Sendable {
    private let assignment: WakingAssignment
    private let job: Job
    private let assets: PlanningAssets
    private let targets: [Int64?]
    private let most: Int

    /// Nil where there are no more targets than are planned at once, or where it cannot be planned, which is found out as of any
    /// other.
    init?(
        _ assignment: WakingAssignment, _ definitions: PlanningDefinitions, _ assets: PlanningAssets, most: Int
    ) {
        guard let job = definitions.readableJob(of: assignment) else { return nil }
        targets = assets.targets(of: job, client: assignment.clientID)
        guard targets.count > most else { return nil }
        self.assignment = assignment
        self.job = job
        self.assets = assets
        self.most = most
    }

    /// - Throws: what it cannot be planned or written for, after a part of it may have been written.
    func plan(
        _ definitions: inout PlanningDefinitions, _ pass: inout PlanningPass, _ writer: inout PlanWriter,
        on connection: isolated Connection
    ) async throws {
        let whole = WholeFleet(
            targets: targets.count, rings: try await ringSizes(definitions, on: connection))
        let index = try await OpenIndex.load(of: assignment, on: connection)
        var surroundings = try await PlanningSurroundings.load(
            of: assignment, definitions, open: index.dues, on: connection)
        var joined: Plan?
        for part in index.parts(of: targets, most: most) {
            let targets = Array(part.targets)
            if job.looksAtAssets || definitions.pauses.asksForLabels {
                surroundings.known = try await PlanningTargets.assets(targets, on: connection)
            }
            try await surroundings.facts.loadTargets(
                of: [assignment], part.range, definitions, on: connection)
            var state = try PlanningChunk.state(
                of: assignment, &definitions, assets, targets: targets,
                open: try await index.runs(of: assignment, part.range, on: connection), surroundings)
            state.whole = whole
            var plan = try state.plan(now: assignment.now)
            pass.occurrences += joined == nil ? plan.occurrences.count : 0
            pass.moves += plan.moves.count
            writer.add(runsOf: plan, of: assignment, job: job)
            try await writer.write(on: connection)
            // What is written is not kept.
            (plan.occurrences, plan.moves) = ([], [])
            joined?.join(plan)
            joined = joined ?? plan
        }
        if let joined { writer.add(joined, of: assignment, job: job, surroundings.rollouts) }
    }

    private func ringSizes(
        _ definitions: PlanningDefinitions, on connection: isolated Connection
    ) async throws -> [Int: Int] {
        guard let rollout = job.rollout, rollout.isWatched else { return [:] }
        let client = try definitions.client(of: assignment)
        let keys = Set((rollout.rings ?? []).flatMap(\.match.keys))
        var sizes: [Int: Int] = [:]
        let rows = try await connection.query(
            PlanningTargets.countByLabels, [targets.compactMap { $0 }, Array(keys)])
        for row in rows {
            let labels: [String: String] = try row.get(0, as: JSON.self).decoded()
            let ring = rollout.ring(of: client.labels.merging(labels) { _, own in own })
            sizes[ring, default: 0] += Int(try row.get(1, as: Int64.self))
        }
        return sizes
    }
}
