import FaultRig
import TestSupport
import Testing

@Suite struct BigOutputTests {
    /// How much more memory a worker may ever hold because of a command's output, in KiB: head, tail and its buffers.
    private static let most = 16 * 1024

    @Test func `a worker drains a gibibyte in bounded memory`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            try await scene.add(scene.job("job", "flood"))
            _ = try await scene.startScheduler()
            let worker = try await scene.startWorker(lease: "30s")
            // The first run brings in what every run needs.
            try await scene.add(scene.job("small"))
            try await scene.waitForEnd(of: try await scene.request("small"))
            let before = try ProcessMemory.highWater(of: worker.id)
            let run = try await scene.request("job")
            try await scene.waitForEnd(of: run)
            let grown = try ProcessMemory.highWater(of: worker.id) - before
            let end = try #require(try await scene.pool.standings().first { $0.run == run })
            #expect(end.state == "succeeded")
            #expect(grown < Self.most, "\(grown) KiB, from \(before) KiB")
        }
    }
}
