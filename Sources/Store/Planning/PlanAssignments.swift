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

    /// So many targets are planned at once, where nothing else is said.
    public static let targetsAtOnce = 10_000

    public var assignments = 0
    public var occurrences = 0
    public var moves = 0
    public var troubles: [Trouble] = []

    public init() {}

    mutating func add(_ other: PlanningPass) {
        assignments += other.assignments
        occurrences += other.occurrences
        moves += other.moves
        troubles += other.troubles
    }
}

extension Store {
    /// Plans up to `most` assignments whose `wake_at` has passed, in one transaction. Those that another scheduler is
    /// at are passed over.
    ///
    /// An assignment with more targets than `targetsAtOnce` is planned in parts, of which each takes memory for so many, all in
    /// that transaction. Where that takes longer than the deadline fewer are planned at once; one that takes too long alone is noted with its
    /// trouble and put off, so that the others do not wait for it for ever.
    public func planAssignments(
        most: Int, targetsAtOnce: Int = PlanningPass.targetsAtOnce
    ) async throws -> PlanningPass {
        do {
            return try await planTogether(most: most, targetsAtOnce: targetsAtOnce)
        } catch let error as PostgresError where error.kind == .deadline {
            if most > 1 { return try await planAssignments(most: max(1, most / 8), targetsAtOnce: targetsAtOnce) }
            return try await putOffFirst(error)
        }
    }

    private func putOffFirst(_ error: PostgresError) async throws -> PlanningPass {
        try await pool.transaction { connection in
            var pass = PlanningPass()
            let rows = try await connection.query(WakingAssignment.take, [Int32(1)])
            guard let first = try rows.first.map(WakingAssignment.init) else { return pass }
            pass.assignments = 1
            var writer = PlanWriter(now: first.now)
            pass.troubles.append(writer.add(trouble: error, of: first))
            try await writer.write(on: connection)
            return pass
        }
    }

    private func planTogether(most: Int, targetsAtOnce: Int) async throws -> PlanningPass {
        try await pool.transaction { connection in
            let rows = try await connection.together([
                (PlanningPlans.prefer, []), (WakingAssignment.heed, []), (WakingAssignment.take, [Int32(most)]),
            ])
            let taken = try rows[2].map(WakingAssignment.init)
            return try await Self.plan(taken[...], targetsAtOnce: targetsAtOnce, on: connection)
        }
    }

    /// Plans all of them together. Where that is refused for the sake of one of them it is undone, and each half is planned for
    /// itself, until that one stands alone.
    private static func plan(
        _ assignments: ArraySlice<WakingAssignment>, targetsAtOnce: Int, on connection: isolated Connection
    ) async throws -> PlanningPass {
        guard let first = assignments.first else { return PlanningPass() }
        do {
            return try await connection.savepoint {
                try await PlanningChunk(assignments: assignments, most: targetsAtOnce).plan(on: $0)
            }
        } catch let error where isItsOwn(error) {
            var pass = PlanningPass()
            if assignments.count == 1 {
                pass.assignments = 1
                var writer = PlanWriter(now: first.now)
                pass.troubles.append(writer.add(trouble: error, of: first))
                try await writer.write(on: connection)
                return pass
            }
            let middle = assignments.startIndex + assignments.count / 2
            pass.add(try await plan(assignments[..<middle], targetsAtOnce: targetsAtOnce, on: connection))
            pass.add(try await plan(assignments[middle...], targetsAtOnce: targetsAtOnce, on: connection))
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
}
