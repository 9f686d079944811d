import FaultRig
import Glibc
import Postgres
import Recurrence
import Store
import Testing

@Suite struct DrainTests {
    @Test func `a worker asked to stop finishes what is going and takes nothing new`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let (held, gate) = (try scene.pipe("job"), try scene.gate("job"))
            try await scene.add(scene.job("job", "gate"))
            try await scene.add(scene.job("late"))
            _ = try await scene.startScheduler()
            let worker = try await scene.startWorker()
            let run = try await scene.request("job")
            #expect(try await held.next("the command") != .silence)
            worker.send(SIGTERM)
            try await worker.says("stopping")
            let late = try await scene.request("late")
            let isReady: Statement = "select exists (select from rota.ready where run_id = $1)"
            try await scene.watch.until("the late run to become ready", isReady, [late])
            try gate.open()
            #expect(try await worker.end() == .exited(0))
            #expect(try await scene.pool.attempts(of: run) == ["succeeded"])
            #expect(try await scene.pool.value(isReady, [late]))
            #expect(try scene.work.entries().map(\.verb) == ["start", "end"])
            let isGone: Bool = try await scene.pool.value("select ended_at is not null from rota.worker")
            #expect(isGone)
        }
    }

    @Test func `a worker told twice hands back at once, and another takes the run immediately`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let held = try scene.pipe("job")
            _ = try scene.gate("job")
            try await scene.add(scene.job("job", "once"))
            _ = try await scene.startScheduler(grace: "5s")
            // Far longer than this test waits: by waiting nobody gets the run.
            let worker = try await scene.startWorker("first", lease: "30m")
            let run = try await scene.request("job")
            #expect(try await held.next("the command") != .silence)
            _ = try await scene.startWorker("second")
            worker.send(SIGTERM)
            try await worker.says("stopping")
            worker.send(SIGTERM)
            #expect(try await worker.end() == .exited(0))
            try await worker.says("handed back")
            try await scene.waitForEnd(of: run)
            #expect(try await scene.pool.attempts(of: run) == ["released", "succeeded"])
            try await Laws(scene: scene).expectNoTwoHands()
        }
    }

    @Test func `a scheduler asked to stop ends, and the others go on`() async throws {
        try await Scene.with { scene in
            let ending = try await goOn(scene, after: SIGTERM)
            #expect(ending == .exited(0))
        }
    }

    @Test func `a scheduler that is killed leaves nothing that the others do not do`() async throws {
        try await Scene.with { scene in
            let ending = try await goOn(scene, after: SIGKILL)
            #expect(ending == .signalled(SIGKILL))
        }
    }

    /// Two schedulers, of which one ends in the middle.
    private func goOn(_ scene: Scene, after signal: Int32) async throws -> ServiceProcess.Ending {
        let ticks = try scene.pipe("tick")
        let jobs = (0..<20).map { scene.job("job-\($0)", every: 1) }
        let begin = WallClock.read()
        try await scene.estate.add(jobs, for: Scene.client, plannedThrough: begin)
        try await scene.add(scene.job("tick", every: 1, "tell"))
        let first = try await scene.startScheduler("first")
        _ = try await scene.startScheduler("second")
        _ = try await scene.startWorker(lease: "30s")
        for _ in 0..<2 { _ = try await ticks.next("a tick before") }
        first.send(signal)
        let ending = try await first.end()
        let ended = WallClock.read()
        var last = ended
        // As late as the second tick that was due afterwards.
        while last < ended + .seconds(1) {
            if case .line(let due) = try await ticks.next("a tick afterwards") { last = instant(due) }
        }
        let laws = Laws(scene: scene)
        let expected = Laws.moments(of: jobs.map(\.name), every: 1, after: begin, through: last - .seconds(1))
        _ = try await laws.expectOneRunEach(expected, through: last - .seconds(1), besides: ["tick"])
        return ending
    }
}
