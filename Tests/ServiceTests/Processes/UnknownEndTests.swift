import FaultRig
import Glibc
import Model
import Postgres
import Testing

/// Work that must not be repeated, and of which nobody knows how it ended.
@Suite struct UnknownEndTests {
    /// A run whose command has begun in a worker that is then sent `signal`, and stands where nobody knows its end.
    private func lose(_ scene: Scene, by signal: Int32) async throws -> Int64 {
        try await Watch.prepare(scene.pool)
        let held = try scene.pipe("job")
        _ = try scene.gate("job")
        var job = scene.job("job", "once")
        job.repeatable = false
        job.retry = RetryPolicy(attempts: 5, wait: .init(seconds: 0))
        try await scene.add(job)
        _ = try await scene.startScheduler()
        let worker = try await scene.startWorker("first", more: ["--drain", "1s"])
        let run = try await scene.request("job")
        _ = try await held.next("the first attempt")
        worker.send(signal)
        _ = try await worker.end()
        try await scene.watch.until(
            "a run that is held", "select exists (select from rota.held where run_id = $1 and hold = 'unknown')", [run])
        return run
    }

    private func call(_ scene: Scene, _ words: [String], exit status: Int32 = 0) async throws {
        let command = try await scene.start(words[0], words)
        #expect(try await command.end() == .exited(status), "\(command.report)")
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func `it is held for a person when its worker dies or has to stop, and no other worker does it`(
        signal: Int32
    ) async throws {
        try await Scene.with { scene in
            let run = try await lose(scene, by: signal)
            let second = try await scene.startWorker("second")
            try await scene.add(scene.job("other"))
            try await scene.waitForEnd(of: try await scene.request("other"))
            #expect(try scene.work.entries(of: run).map(\.verb) == ["start"])
            #expect(try await scene.pool.attempts(of: run) == ["lost"])
            let tasks = try await scene.start("tasks", ["tasks"])
            #expect(try await tasks.end() == .exited(0))
            #expect(await tasks.log.whole().contains { $0.contains("(decide)") && $0.contains("rota retry \(run)") })
            // The person knows that it was done.
            try await call(scene, ["complete", "\(run)", "--note", "seen on the host"])
            try await scene.waitForEnd(of: run)
            #expect(try await scene.store.run(run)?.row.state == .succeeded)
            #expect(try scene.work.entries(of: run).map(\.verb) == ["start"])
            second.send(SIGTERM)
            #expect(try await second.end() == .exited(0))
        }
    }

    @Test func `a person has it done once more, and only then it is`() async throws {
        try await Scene.with { scene in
            let run = try await lose(scene, by: SIGKILL)
            try await call(scene, ["retry", "\(run)"])
            _ = try await scene.startWorker("second")
            try await scene.watch.until(
                "the run in its place",
                """
                select exists (select from rota.done d join rota.run r on r.id = d.run_id
                where r.retry_of = $1 and d.state = 'succeeded')
                """, [run])
            #expect(try await scene.store.run(run)?.row.state == .failed)
        }
    }
}
