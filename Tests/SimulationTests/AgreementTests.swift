import Glibc
import StoreTestSupport
import Testing

/// The made-up histories of seeds, lived through once more by what schedulers, workers and people really call, in PostgreSQL.
///
/// `ROTA_SEED=17 swift test --filter SimulationTests` for one of them; more with `ROTA_SEEDS`.
struct AgreementTests {
    /// So many histories are lived through at a time, each in a database of its own.
    private static let lanes = 3

    @Test func `what happens in PostgreSQL is what happens in memory, to the run`() async throws {
        let seeds = Seeds.chosen(usually: 4, of: 50)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<Self.lanes {
                group.addTask {
                    for seed in seeds where Int(seed) % Self.lanes == lane { try await Self.live(through: seed) }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func live(through seed: UInt64) async throws {
        var drill = try Drill(seed: seed)
        let catalogue = drill.estate.catalogue
        try drill.run()
        let foretold = drill.history
        let happened = try await withMigratedDatabase(size: 2) { [drill] database in
            var reality = Reality(drill, on: database)
            return try await reality.live(through: drill, from: catalogue)
        }
        let differences = foretold.differences(from: happened)
        #expect(differences.isEmpty, "ROTA_SEED=\(seed): \(differences.prefix(5).joined(separator: "\n"))")
        print("lived through: seed \(seed), \(foretold.runs.count) runs")
    }
}
