import FaultRig
import Glibc
import Postgres
import Testing

/// What a scheduler tells beside planning.
@Suite struct SchedulerTraceTests {
    @Test func `a scheduler is to be seen in the database as long as it works, and as gone afterwards`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            try await scene.add(scene.job("job"))
            let scheduler = try await scene.startScheduler("first")
            // It leaves its trace when a pass has got its work done: by the second run the first pass is over.
            for count in 1...2 {
                _ = try await scene.request("job")
                try await scene.watch.until(
                    "run \(count) to be planned", "select count(*) = $1 from rota.ready", [Int64(count)])
            }
            scheduler.send(SIGTERM)
            #expect(try await scheduler.end() == .exited(0))
            let traces = try await scene.store.schedulers()
            #expect(traces.map(\.profile.name) == ["first"])
            #expect(traces.first?.endedAt != nil)
        }
    }

    @Test func `a scheduler warns of an old snapshot, by whom it is held and how to end it`() async throws {
        try await Scene.with { scene in
            let holder = try await Connection.connect(Configuration(scene.conninfo))
            try await holder.execute(
                "set application_name = 'report'; begin isolation level repeatable read; select 1")
            _ = try await scene.pool.query("update rota.test_clock set at = rota.now() + interval '6 minutes'")
            let scheduler = try await scene.startScheduler()
            let line = try await scheduler.says("an old snapshot keeps dead rows from being removed")
            let process = await holder.serverProcess
            #expect(line.contains("session \(process) (postgres, report, idle in transaction)"))
            #expect(line.contains("select pg_terminate_backend(\(process))"))
            await holder.close()
        }
    }
}
