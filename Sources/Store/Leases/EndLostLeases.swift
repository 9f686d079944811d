import Model
import Postgres
import Recurrence

/// An attempt whose lease ran out.
public struct LostAttempt: Sendable, Equatable {
    public var attempt: Int64
    public var run: Int64
    public var worker: String
    public var verdict: Verdict
}

extension Store {
    static let selectExpired: Statement = """
        select l.attempt_id, l.run_id, w.name, l.losses, l.cancel_at is not null,
            coalesce((v.definition ->> 'repeatable')::boolean, true)
        from rota.leased l
        join rota.worker w on w.id = l.worker_id
        join rota.run r on r.id = l.run_id and r.due_at = l.due_at
        join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
        where l.expires_at >= $1 and l.expires_at < rota.now() - $2::interval
        order by l.expires_at
        limit $3
        """

    static let lockExpired: Statement = """
        select id from rota.lease
        where id = any ($1) and expires_at < rota.now() - $2::interval
        order by id for update skip locked
        """

    static let endLost: Statement = """
        select rota.end_attempts(null, $1, array_fill('lost'::text, array[cardinality($1::bigint[])]), $2, null, null,
            array_fill('its worker was lost'::text, array[cardinality($1::bigint[])]), null, null, null, null, null)
        """

    static let lookAgain: Statement = "select rota.look_again($1)"

    static let firstExpiry: Statement = """
        select coalesce(least(min(expires_at), rota.now()), rota.now()) from rota.lease where expires_at >= $1
        """

    /// Ends the attempts whose leases ran out longer than the grace ago, and makes their runs ready again, or ends
    /// them where the verdict says so.
    ///
    /// - Parameter floor: what is remembered from one look to the next.
    public func endLostLeases(
        grace: Duration, floor: LeaseFloor = LeaseFloor(), most: Int = 500
    ) async throws -> [LostAttempt] {
        let after = floor.forLook()
        let (lost, first) = try await pool.transaction { connection in
            let first: Instant = try await connection.query(Self.firstExpiry, [after]).only().get(0)
            let lost = try await Self.lost(grace: grace, after: after, most: most, on: connection)
            if !lost.isEmpty {
                let nexts = lost.map { $0.verdict.nextState.rawValue }
                _ = try await connection.query(Self.endLost, [lost.map(\.attempt), nexts])
                _ = try await connection.query(Self.lookAgain, [lost.map(\.run)])
            }
            return (lost, first)
        }
        floor.raise(to: first)
        return lost
    }

    private static func lost(
        grace: Duration, after: Instant, most: Int, on connection: isolated Connection
    ) async throws -> [LostAttempt] {
        let expired = try await connection.query(
            selectExpired, [after, PostgresInterval(grace), Int32(most)]
        ).map { row in
            try LostAttempt(
                attempt: row.get(0), run: row.get(1), worker: row.get(2),
                verdict: .onLoss(
                    lossesBefore: Int(row.get(3, as: Int16.self)), cancelled: row.get(4), repeatable: row.get(5)))
        }
        guard !expired.isEmpty else { return [] }
        let leases = Array(Set(expired.map { $0.attempt / 1000 }))
        let locked = Set(
            try await connection.query(lockExpired, [leases, PostgresInterval(grace)])
                .map { try $0.get(0, as: Int64.self) })
        return expired.filter { locked.contains($0.attempt / 1000) }
    }
}
