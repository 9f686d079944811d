import Model
import Postgres
import Recurrence

/// What a worker wants to take.
public struct Wanted: Sendable {
    /// How many runs at most.
    public var most: Int
    /// How many of them may be such as somebody asked for.
    public var mostReactive: Int
    /// After so long without renewing, the lease has run out.
    public var length: Duration
    /// Whether to look at all that is ready. Else only at what has come in after the place up to where was taken: neither at
    /// what came in before it, nor at what has become due since it was put aside for later.
    public var looksEverywhere: Bool

    public init(most: Int, mostReactive: Int, length: Duration, looksEverywhere: Bool = true) {
        self.most = most
        self.mostReactive = mostReactive
        self.length = length
        self.looksEverywhere = looksEverywhere
    }
}

/// What came of a turn.
public struct Turn: Sendable {
    /// The attempts whose end was taken. The others had been ended by others meanwhile: nothing was changed for them,
    /// and their results count for nothing.
    public var recorded: Set<Int64>
    public var leases: [Lease]
    /// Why runs that were taken cannot be told: their leases run out.
    public var trouble: (any Error)?
}

extension Store {
    static let finishStatement: Statement =
        "select rota.finish($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"

    /// Nothing is joined to the function's rows: it looks with a later snapshot than the statement around it, in which
    /// a run that was made meanwhile would not be found, and would stay leased with nobody knowing.
    static let leaseStatement: Statement = """
        select lease_id, leased_at, queue, lane, last_turn, runs, dues, jobs, revisions, clients, client_changes, assets,
            asset_changes, local_times, start_bys, attempts, losses
        from rota.lease($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """

    /// Ends attempts and takes new runs, in one transaction and one round trip. To end the same attempts again is
    /// harmless, and answers the same.
    public func takeTurn(_ desk: WorkDesk, ended: [EndedAttempt], wanted: Wanted?) async throws -> Turn {
        var statements: [(Statement, [any PostgresValue])] = []
        if !ended.isEmpty {
            statements.append((Self.finishStatement, try EndedColumns(ended).parameters(worker: desk.worker)))
        }
        if let wanted { statements.append((Self.leaseStatement, Self.parameters(desk, wanted))) }
        let asked = statements
        let answers = try await pool.withConnection { connection in
            try await connection.pipeline(asked).map { try $0.get() }
        }
        var turn = Turn(recorded: [], leases: [])
        if !ended.isEmpty { turn.recorded = Set(try answers[0].only().get(0, as: [Int64].self)) }
        if let wanted, let rows = answers.last {
            let taken = try rows.map { try TakenBatch($0) }
            desk.remember(taken, wanted)
            do {
                turn.leases = try await leases(taken, desk)
            } catch {
                // What was recorded stays so, whatever is wrong with a definition.
                turn.trouble = error
            }
        }
        return turn
    }

    private static func parameters(_ desk: WorkDesk, _ wanted: Wanted) -> [any PostgresValue] {
        let places = Array(desk.places(for: wanted))
        return [
            desk.worker, Int32(wanted.most), Int32(wanted.mostReactive), PostgresInterval(wanted.length),
            wanted.looksEverywhere, places.map(\.key.queue), places.map(\.key.lane), places.map(\.value.turn),
            places.map(\.value.run),
        ]
    }

    /// Ends attempts alone.
    public func finish(worker: Int64, _ ended: [EndedAttempt]) async throws -> Set<Int64> {
        try await takeTurn(WorkDesk(worker: worker), ended: ended, wanted: nil).recorded
    }
}
