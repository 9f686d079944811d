import Model
import Postgres
import Recurrence

/// A run that a worker has in hand.
public struct RunInHand: Sendable, Hashable {
    public var run: Int64
    public var attempt: Int64
    public var job: String
    public var client: String
    /// Nil is the client as a whole.
    public var asset: String?
    public var lane: Lane
    /// Since when the worker has it.
    public var since: Instant
}

extension Store {
    static let selectInHand: Statement = """
        select l.worker_id, l.run_id, l.attempt_id, j.name, c.name, a.name, r.lane, l.leased_at
        from rota.leased l
        join rota.run r on r.id = l.run_id and r.due_at = l.due_at
        join rota.job j on j.id = r.job_id
        join rota.client c on c.id = r.client_id
        left join rota.asset a on a.id = r.asset_id
        where l.worker_id = any ($1)
        order by l.leased_at, l.attempt_id
        limit 10000
        """

    /// What these workers have in hand, by the worker's number, the oldest first; 10,000 runs at most.
    public func runsInHand(of workers: [Int64]) async throws -> [Int64: [RunInHand]] {
        var inHand: [Int64: [RunInHand]] = [:]
        for row in try await pool.query(Self.selectInHand, [workers]) {
            inHand[try row.get(0), default: []].append(
                RunInHand(
                    run: try row.get(1), attempt: try row.get(2), job: try row.get(3), client: try row.get(4),
                    asset: try row.get(5), lane: try row.get(6), since: try row.get(7)))
        }
        return inHand
    }
}
