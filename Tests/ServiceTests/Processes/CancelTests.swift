import FaultRig
import Recurrence
import Store
import Testing

@Suite struct CancelTests {
    // That it does so at once, and not when the lease would be renewed, is in WorkerStopTests: by a clock that stands.
    @Test func `cancelling reaches a running command, and all that it started`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let held = try scene.pipe("job")
            _ = try scene.gate("job")
            try await scene.add(scene.job("job", "gate"))
            _ = try await scene.startScheduler()
            let worker = try await scene.startWorker(lease: "30s")
            let run = try await scene.request("job")
            #expect(try await held.next("the command") != .silence)
            let asked = WallClock.read()
            let answer = try await scene.store.cancel(run: run, reason: "not needed", actor: "anna")
            #expect(answer == .asked(worker: "worker"))
            try await held.silence("the end of the command and of its child in a group of its own")
            print("cancel: the command and its child were gone \(WallClock.read() - asked) after the asking")
            try await scene.waitForEnd(of: run)
            let end = try #require(try await scene.pool.standings().first { $0.run == run })
            #expect(end.state == "cancelled")
            #expect(try await scene.pool.attempts(of: run) == ["cancelled"])
            try await worker.says("ended")
        }
    }
}
