import Glibc
import StoreTestSupport
import Testing

/// The made-up histories of seeds, lived through once more by what schedulers, workers and people really call, in PostgreSQL.
///
/// `ROTA_SEED=17 swift test --filter SimulationTests` for one of them; more with `ROTA_SEEDS`.
struct AgreementTests {
    @Test func `what happens in PostgreSQL is what happens in memory, to the run`() async throws {
        let seeds = Seeds.chosen(usually: 4, of: 50)
        for seed in seeds {
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
}
