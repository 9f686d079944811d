import Model
import Postgres
import Store
import Testing

/// What people do to a job while a scheduler is writing what it has planned for it.
@Suite struct ActsBesidePlanningTests {
    @Test func `who acts on a job waits for nobody that holds its key, as planning does`() async throws {
        try await Fleet.with([Fleet.client("acme"), Fleet.server("one"), Fleet.job("patch")]) { fleet in
            // Whoever waits for the lock after all is told so by the server.
            let conninfo = fleet.planning.database.database.conninfo
            let pool = Pool(Configuration("\(conninfo) options='-c lock_timeout=10s'"), size: 1)
            let store = Store(pool: pool)
            try await fleet.planning.database.pool.transaction { connection in
                _ = try await connection.query("select from rota.job for key share")
                guard case .requested = try await store.requestRuns(job: "patch", client: nil, asset: nil, actor: "ann")
                else {
                    Issue.record("it was not asked for")
                    return
                }
                #expect(try await store.pause(job: "patch", reason: "x", until: nil, actor: "ann") == .paused)
                #expect(try await store.resume(job: "patch", actor: "ann") == .resumed)
            }
            await pool.close()
        }
    }
}
