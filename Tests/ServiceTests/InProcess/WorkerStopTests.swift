import Actions
import FaultRig
import Logging
import Model
import Postgres
import Store
import Testing
import Worker

@Suite struct WorkerStopTests {
    /// Ends its work when it is told.
    private struct Waiting: Performing {
        let begun = Bell()
        let end = Bell()

        func perform(_ context: ActionContext, in environment: ActionEnvironment, permit: Permit) async -> Outcome {
            begun.ring()
            await end.wait()
            return Outcome(.succeeded)
        }
    }

    /// The clock stands, so a worker that waits for anything but its last run waits for ever.
    @Test func `a worker that is to stop ends with its last run, and not when it would have looked again`() async throws
    {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let work = Waiting()
            let profile = WorkerProfile(
                name: "w", instance: "w", host: "here", queues: ["default"], clients: nil, slots: 2, reserve: 0)
            let pool = planning.database.pool
            let worker = WorkerService(
                store: planning.store, signals: Signals(listener: Listener(pool.configuration)),
                environment: ActionEnvironment(workRoot: "/nowhere", outbox: "/nowhere"),
                settings: WorkerSettings(profile: profile), clock: HandClock(), logger: Logger(label: "worker"),
                performer: work)
            try await FaultRig.within(.seconds(60), "the worker's end") {
                try await withThrowingTaskGroup { tasks in
                    tasks.addTask { try await worker.run() }
                    await work.begun.wait()
                    worker.stop()
                    work.end.ring()
                    try await tasks.waitForAll()
                }
            }
            let done: Int64 = try await pool.value("select count(*) from rota.done where state = 'succeeded'")
            #expect(done == 1)
        }
    }
}
