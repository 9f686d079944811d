import Model
import Store

extension Store {
    /// What a worker without a memory gets.
    public func lease(
        worker: Int64, most: Int, mostReactive: Int? = nil, length: Duration = .seconds(30)
    ) async throws -> [Lease] {
        let wanted = Wanted(most: most, mostReactive: mostReactive ?? most, length: length)
        let turn = try await takeTurn(WorkDesk(worker: worker), ended: [], wanted: wanted)
        if let trouble = turn.trouble { throw trouble }
        return turn.leases
    }

    /// Whether the end of the attempt was taken.
    public func finish(
        worker: Int64, lease: Lease, outcome: Outcome, verdict: Verdict
    ) async throws -> Bool {
        try await finish(worker: worker, [EndedAttempt(lease, .finished(outcome, verdict))]) == [lease.attempt]
    }
}
