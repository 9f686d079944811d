import Model
import Postgres
import Recurrence

/// What one pass over the assignments that are to be looked at has done.
public struct PlanningPass: Sendable, Equatable {
    /// An assignment that could not be planned; it is tried again after a while.
    public struct Trouble: Sendable, Equatable {
        public var job: String
        public var client: String
        public var message: String
    }

    public var assignments = 0
    public var occurrences = 0
    public var moves = 0
    public var troubles: [Trouble] = []

    public init() {}
}

extension Store {
    /// After trouble with an assignment (its zone has gone from the system's data, say) it is looked at again.
    static let troubleWait = Duration.seconds(60)

    static let noteTrouble: Statement =
        "update rota.assignment set wake_at = rota.now() + $2, trouble = $3 where id = $1"

    /// Plans up to `most` assignments whose `wake_at` has passed, in one transaction. Those that another scheduler is
    /// at are passed over.
    public func planAssignments(most: Int) async throws -> PlanningPass {
        try await pool.transaction { connection in
            var pass = PlanningPass()
            let taken = try await connection.query(WakingAssignment.take, [Int32(most)]).map(WakingAssignment.init)
            for assignment in taken {
                pass.assignments += 1
                do {
                    // What one assignment has written is undone alone: the others are planned all the same.
                    let plan = try await connection.savepoint { try await Self.plan(assignment, on: $0) }
                    pass.occurrences += plan.occurrences.count
                    pass.moves += plan.moves.count
                } catch let error where Self.isItsOwn(error) {
                    let message = String(describing: error)
                    _ = try await connection.query(
                        Self.noteTrouble, [assignment.id, PostgresInterval(Self.troubleWait), message])
                    pass.troubles.append(
                        .init(job: assignment.jobName, client: assignment.clientName, message: message))
                }
            }
            return pass
        }
    }

    /// Whether an error is one assignment's own trouble: what the server or a reader says of its data. All else is
    /// the connection's, the server's (a full disk) or the pass's, which is tried again as a whole.
    private static func isItsOwn(_ error: any Error) -> Bool {
        if error is CancellationError || isPassing(error) { return false }
        guard let error = error as? PostgresError else { return true }
        return error.kind == .decoding || error.kind == .server
    }

    private static func plan(
        _ assignment: WakingAssignment, on connection: isolated Connection
    ) async throws -> Plan {
        let definitions = try await PlanningDefinitions.load(of: assignment.id, on: connection)
        let job = definitions.job
        let hasLimits = job.mayHaveLimits || definitions.client.atOnce != nil
        let targets = try await PlanningTargets.targets(of: job, client: assignment.clientID, on: connection)
        let state = AssignmentState(
            job: job, schedule: definitions.schedule, window: definitions.window,
            pause: try await PausedJobs.pause(of: assignment.jobID, on: connection),
            plannedThrough: assignment.plannedThrough,
            targets: targets,
            reviewable: try await PlanningTargets.reviewable(by: job, client: assignment.clientID, on: connection),
            open: try await OpenRuns.load(of: assignment.id, on: connection),
            client: hasLimits ? definitions.client : nil,
            assets: hasLimits ? try await PlanningTargets.assets(targets, on: connection) : [:])
        let plan = try state.plan(now: assignment.now)
        try await PlanWriter(assignment: assignment, job: job).write(plan, on: connection)
        return plan
    }
}
