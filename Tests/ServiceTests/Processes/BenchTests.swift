import FaultRig
import Glibc
import Postgres
import Testing

/// `rota bench`, as a process of its own.
struct BenchTests {
    /// What of benchmarks is in the database: months, runs that are not done, workers.
    private static let left: Statement = """
        select array[
            (select count(*) from rota.months() m (month) where extract(year from m.month) >= 9000),
            (select count(*) from rota.ready where queue like 'rota bench %'), (select count(*) from rota.lease),
            (select count(*) from rota.worker)]
        """

    private func left(_ scene: Scene) async throws -> [Int64] {
        try await scene.pool.query(Self.left).only().get(0)
    }

    private func run(_ scene: Scene, _ words: [String]) async throws {
        let bench = try await scene.start("bench", ["bench"] + words)
        #expect(try await bench.end() == .exited(0), "\(bench.report)")
    }

    @Test(arguments: [["--batch", "1"], ["--batch", "200", "--connections", "3"]])
    func `what a benchmark enqueues is done once each, and nothing of it is left`(_ words: [String]) async throws {
        try await Scene.with { scene in
            try await run(scene, ["drain", "--runs", "2500"] + words)
            #expect(try await left(scene) == [0, 0, 0, 0])
            try await run(scene, ["latency", "--runs", "5", "--every", "1ms"])
            #expect(try await left(scene) == [0, 0, 0, 0])
        }
    }

    @Test func `what a killed benchmark leaves, the next one removes, and one that is interrupted removes itself`()
        async throws
    {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            for (signal, ending) in [
                (SIGKILL, ServiceProcess.Ending.signalled(SIGKILL)), (SIGINT, .exited(1)),
            ] {
                let begin = try await scene.store.now()
                let bench = try await scene.start("bench", ["bench", "latency", "--runs", "10000", "--every", "1ms"])
                try await scene.watch.until(
                    "its worker",
                    "select exists (select from rota.worker where started_at > $1)", [begin])
                bench.send(signal)
                #expect(try await bench.end() == ending, "\(bench.report)")
                if signal == SIGKILL { #expect(try await left(scene)[0] == 1) }
            }
            // The first process's month was removed by the second, which removed its own.
            #expect(try await left(scene) == [0, 0, 0, 0])
        }
    }
}
