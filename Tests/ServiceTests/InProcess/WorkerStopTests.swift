import Actions
import FaultRig
import Logging
import Model
import Postgres
import Store
import Testing
import Worker

/// The clock stands, so a worker that waits for anything but what it is told of waits for ever.
@Suite struct WorkerStopTests {
    /// Ends its work when it is told, or cancelled.
    private struct Waiting: Performing {
        let begun = Bell()
        let end = Bell()

        func perform(_ context: ActionContext, in environment: ActionEnvironment, permit: Permit) async -> Outcome {
            begun.ring()
            await end.wait()
            return Outcome(Task.isCancelled ? .cancelled : .succeeded)
        }
    }

    @Test func `a worker that is to stop ends with its last run, and not when it would have looked again`() async throws
    {
        try await Planning.with { planning in
            let work = Waiting()
            try await withWorker(planning, performing: work) { worker in
                worker.stop()
                work.end.ring()
            }
            #expect(try await ends(planning) == ["succeeded"])
        }
    }

    @Test func `cancelling ends what is going at once, and not when its lease would have been renewed`() async throws {
        try await Planning.with { planning in
            try await withWorker(planning, performing: Waiting()) { worker in
                let run: Int64 = try await planning.database.pool.value("select id from rota.run")
                let answer = try await planning.store.cancel(run: run, reason: "not needed", actor: "anna")
                #expect(answer == .asked(worker: "w"))
                worker.stop()
            }
            #expect(try await ends(planning) == ["cancelled"])
        }
    }

    /// Has a worker begin a run, and `body` have it stop.
    private func withWorker(
        _ planning: Planning, performing work: Waiting, _ body: @escaping @Sendable (WorkerService) async throws -> Void
    ) async throws {
        try await planning.add(Jobs.command(every: 60))
        try await planning.plan(at: "2026-03-02T00:01:00Z")
        let profile = WorkerProfile(
            name: "w", instance: "w", host: "here", queues: ["default"], clients: nil, slots: 2, reserve: 0)
        let worker = WorkerService(
            store: planning.store, signals: Signals(listener: Listener(planning.database.pool.configuration)),
            environment: ActionEnvironment(workRoot: "/nowhere", outbox: "/nowhere"),
            settings: WorkerSettings(profile: profile), clock: HandClock(), logger: Logger(label: "worker"),
            performer: work)
        try await FaultRig.within(.seconds(60), "the worker's end") {
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await worker.run() }
                await work.begun.wait()
                try await body(worker)
                try await tasks.waitForAll()
            }
        }
    }

    private func ends(_ planning: Planning) async throws -> [String] {
        try await planning.database.pool.query("select state from rota.done").map { try $0.get(0) }
    }
}
