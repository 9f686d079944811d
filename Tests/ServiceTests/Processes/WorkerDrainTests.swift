import FaultRig
import Postgres
import Store
import Testing

/// `rota worker drain`, with real processes.
@Suite struct WorkerDrainTests {
    @Test func `drained workers finish what they have, take nothing new and end, and one started again works`()
        async throws
    {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let (held, gate) = (try scene.pipe("job"), try scene.gate("job"))
            try await scene.add(scene.job("job", "gate"))
            try await scene.add(scene.job("late"))
            _ = try await scene.startScheduler()
            // Two of a name: both are told. Their leases are long, so only the notification can reach them soon.
            let workers = [try await scene.startWorker(lease: "30s"), try await scene.startWorker(lease: "30s")]
            let run = try await scene.request("job")
            #expect(try await held.next("the command") != .silence)

            let drain = try await scene.start(
                "drain", ["worker", "drain", "worker", "--reason", "new disks", "--as", "ann", "--wait"])
            try await drain.says("draining, with 1 run in hand")
            for worker in workers { try await worker.says("draining: no new work is taken") }
            let late = try await scene.request("late")
            try await scene.watch.until("the late run to become ready", Self.isReady, [late])
            #expect(drain.isRunning, "it waits until the last of them has gone")
            try gate.open()
            for worker in workers { #expect(try await worker.end() == .exited(0)) }
            #expect(try await drain.end() == .exited(0))
            #expect(await drain.log.whole().count { $0.contains(": gone") } == 2)
            #expect(try await scene.pool.attempts(of: run) == ["succeeded"])
            #expect(try await scene.pool.value(Self.isReady, [late]))
            let act: String = try await scene.pool.value(
                "select concat_ws(' ', actor, verb, subject, reason) from rota.act where verb = 'drain'")
            #expect(act == "ann drain worker/worker new disks")

            _ = try await scene.startWorker(lease: "30s")
            try await scene.waitForEnd(of: late)
        }
    }

    @Test func `what is not done within the drain time is handed back`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let held = try scene.pipe("job")
            _ = try scene.gate("job")
            try await scene.add(scene.job("job", "once"))
            _ = try await scene.startScheduler()
            let worker = try await scene.startWorker(more: ["--drain", "1s"])
            let run = try await scene.request("job")
            #expect(try await held.next("the command") != .silence)
            _ = try await scene.store.drain(worker: "worker", reason: nil, actor: "ann")
            #expect(try await worker.end() == .exited(0))
            #expect(try await scene.pool.attempts(of: run) == ["released"])
            #expect(try await scene.pool.value(Self.isReady, [run]))
        }
    }

    @Test func `a worker that did not hear of it is told by its next renewal`() async throws {
        try await Scene.with { scene in
            let worker = try await scene.startWorker(lease: "3s")
            _ = try await scene.pool.query(
                "update rota.worker set drain_at = rota.now(), drain_by = 'ann', drain_reason = 'new disks'")
            #expect(try await worker.end() == .exited(0))
            try await worker.says("new disks")
        }
    }

    @Test func `where nobody of the name is alive nothing is recorded, and the nearest name is told`() async throws {
        try await Scene.with { scene in
            _ = try await scene.startWorker("harbour")
            let drain = try await scene.start("drain", ["worker", "drain", "habour"])
            #expect(try await drain.end() == .exited(1))
            #expect(
                await drain.log.whole() == [
                    "rota worker drain: there is no worker 'habour'", "  did you mean 'harbour'?",
                ])
            #expect(try await scene.pool.value("select count(*) = 0 from rota.act"))
        }
    }

    private static let isReady: Statement = "select exists (select from rota.ready where run_id = $1)"
}
