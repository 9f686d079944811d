import Model
import Postgres
import Recurrence

extension Store {
    /// The gates that an open run has to pass, as a scheduler would find them now; nil for one that is done or going, or
    /// whose job is gone.
    public func gates(of run: Int64) async throws -> GateTable? {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            let rows = try await connection.query(WakingAssignment.select, [run])
            guard let assignment = try rows.first.map(WakingAssignment.init) else { return nil }
            let alone = [assignment][...]
            var definitions = try await PlanningDefinitions.load(for: alone, on: connection)
            let assets = try await PlanningAssets.load(for: alone, definitions, on: connection)
            let open = try await OpenRuns.load(of: alone, locking: false, on: connection)
            let surroundings = try await PlanningSurroundings.load(of: alone, definitions, assets, open, on: connection)
            let state = try PlanningChunk.state(of: assignment, &definitions, assets, open, surroundings)
            guard let wanted = state.open.first(where: { $0.id == run }), !wanted.isGoing else { return nil }
            return try state.gates(of: wanted, now: assignment.now)
        }
    }
}
