import Model
import Postgres
import Recurrence

extension Store {
    static let withdrawWaivers = Statement(
        """
        with gone as (
            update rota.waiver set withdrawn_at = rota.now(), withdrawn_by = $2 where id = any ($1) returning \(Waivers.written)
        )
        select \(Waivers.columns) from gone w \(Waivers.joins) order by s.name, w.id
        """)

    /// Takes back what was waived of the moment that a run was due: it is owed again.
    public func withdrawWaivers(ofRun run: Int64, reason: String?, actor: String) async throws -> WaiveResult {
        try await pool.transaction { connection in
            guard let row = try await connection.query(Self.selectRunTarget, [run]).first else { return .unknown }
            let target = WaivedTarget(assignment: try row.get(0), assets: [try row.get(1)])
            let waivers = try await target.inForce(covering: try row.get(2), on: connection)
            return try await Self.withdraw(waivers, subject: "run/\(run)", reason: reason, actor: actor, on: connection)
        }
    }

    /// Takes back all that is waived of a job at a client, on one asset or on all.
    public func withdrawWaivers(
        ofJob job: String, client: String, asset: String?, reason: String?, actor: String
    ) async throws -> WaiveResult {
        try await pool.transaction { connection in
            guard try await FindJob.number(of: job, on: connection) != nil else { return .unknown }
            let waivers = try await connection.query(Self.selectWaivers, [client, job, Int64?.none])
                .map { try Waivers.waiver($0) }.filter { asset == nil || $0.asset == asset }
            let subject = PauseSubject(job: job, client: client, asset: asset).description
            return try await Self.withdraw(waivers, subject: subject, reason: reason, actor: actor, on: connection)
        }
    }

    private static func withdraw(
        _ waivers: [Waiver], subject: String, reason: String?, actor: String, on connection: isolated Connection
    ) async throws -> WaiveResult {
        guard !waivers.isEmpty else { return .notWaived }
        let gone = try await connection.query(withdrawWaivers, [waivers.map(\.id), actor])
            .map { try Waivers.waiver($0) }
        try await record("withdraw waiver", gone, subject: subject, reason: reason, actor: actor, on: connection)
        return .done(gone)
    }
}
