import FaultRig
import Glibc
import Postgres
import Recurrence
import Testing

@Suite struct StoppedWorkerTests {
    @Test func `a worker stopped for three leases has its command ended and its result refused, and goes on`()
        async throws
    {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let held = try scene.pipe("job")
            _ = try scene.gate("job")
            try await scene.add(scene.job("job", "once"))
            try await scene.add(scene.job("after", queue: "own"))
            let ticks = try scene.pipe("tick")
            try await scene.add(scene.job("tick", every: 1, "tell", queue: "ticks"))
            _ = try await scene.startScheduler(grace: "1s")
            let late = try await scene.startWorker("late", queues: ["default", "own"], lease: "2s")
            let run = try await scene.request("job")
            #expect(try await held.next("the first attempt") != .silence)
            _ = try await scene.startWorker("other", queues: ["default", "ticks"], lease: "2s")

            late.send(SIGSTOP)
            let stopped = WallClock.read()
            try await held.silence("the end of the command, whose worker stands still")
            let ended = WallClock.read()
            try await scene.waitForEnd(of: run)
            try await tick(after: stopped + .seconds(6), ticks)
            late.send(SIGCONT)

            try await late.says("its result is dropped")
            #expect(try await scene.pool.attempts(of: run) == ["lost", "succeeded"])
            let entries = try scene.work.entries(of: run)
            #expect(entries.map(\.verb) == ["start", "start", "end"])
            #expect(entries[1].at > ended)
            let after = try await scene.request("after")
            try await scene.waitForEnd(of: after)
            let worker: String = try await scene.pool.value(
                "select w.name from rota.attempt a join rota.worker w on w.id = a.worker_id where a.run_id = $1",
                [after])
            #expect(worker == "late")
            try await Laws(scene: scene).expectNoTwoHands()
        }
    }

    /// Waits until a moment has passed, by a job that is due each second.
    private func tick(after moment: Instant, _ ticks: Fifo) async throws {
        while true {
            guard case .line(let due) = try await ticks.next("a tick") else { continue }
            if instant(due) >= moment { return }
        }
    }
}
