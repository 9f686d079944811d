import Testing

/// Years of made-up maintenance, each from a seed: failing and vanishing workers, schedulers that are dead for days, clocks that
/// change, edits, pauses and cancelled runs. What is promised is held against what happened.
///
/// `ROTA_SEEDS=5000 swift test --filter SimulationTests` for more, `ROTA_SEED=17` for one of them.
struct SimulationTests {
    private static let parts = 8

    @Test func `every history of every seed keeps what is promised, and all that is rare happened in them`()
        async throws
    {
        let seeds = Seeds.chosen(usually: 200)
        let (rare, runs) = try await withThrowingTaskGroup(of: (Rarities, Int).self) { group in
            for part in 0..<Self.parts {
                group.addTask {
                    var rare = Rarities()
                    var runs = 0
                    for seed in seeds where Int(seed) % Self.parts == part {
                        let drill = try Self.history(seed)
                        #expect(drill.ledger.faults == [], "ROTA_SEED=\(seed)")
                        rare.add(drill.ledger.rare)
                        runs += drill.world.runs.count
                    }
                    return (rare, runs)
                }
            }
            return try await group.reduce(into: (Rarities(), 0)) { sum, part in
                sum.0.add(part.0)
                sum.1 += part.1
            }
        }
        if seeds.count >= 200 { #expect(rare.missing == [], "of \(runs) runs of \(seeds.count) seeds") }
        print("simulated: \(seeds.count) seeds, \(runs) runs; \(rare.inWords)")
    }

    @Test func `one seed gives one history`() throws {
        for seed: UInt64 in 1...2 {
            let (one, other) = (try Self.history(seed), try Self.history(seed))
            #expect(one.world.attempts == other.world.attempts, "ROTA_SEED=\(seed)")
            #expect(one.world.runs.map(\.place) == other.world.runs.map(\.place), "ROTA_SEED=\(seed)")
        }
    }

    private static func history(_ seed: UInt64) throws -> Drill {
        var drill = try Drill(seed: seed)
        try drill.run()
        return drill
    }
}

extension Rarities {
    var inWords: String {
        counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
            .joined(separator: ", ")
    }
}
