import Model
import Postgres
import Store
import Testing

/// What people do to a job while a scheduler is writing what it has planned for it.
@Suite struct ActsBesidePlanningTests {
    @Test(.timeLimit(.minutes(1)))
    func `who acts on a job waits for nobody that holds its key, as planning does`() async throws {
        try await Fleet.with([Fleet.client("acme"), Fleet.server("one"), Fleet.job("patch")]) { fleet in
            let store = fleet.store
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
        }
    }
}
