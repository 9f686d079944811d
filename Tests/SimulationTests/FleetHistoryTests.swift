import Glibc
import Testing

/// Years of a made-up fleet: what holds for a handful of assets over a season holds for thousands, too.
///
/// `ROTA_YEARS=3 ROTA_ASSETS=2000 swift test --filter FleetHistoryTests`, with `ROTA_SEED` for another than the first.
struct FleetHistoryTests {
    @Test func `the history of a fleet keeps what is promised, and all that is rare happened in it`() throws {
        let seed = Seeds.number("ROTA_SEED") ?? 1
        let years = Seeds.number("ROTA_YEARS").map(Int.init)
        let assets = Seeds.number("ROTA_ASSETS").map(Int.init) ?? (years == nil ? 300 : 2000)
        let jobs = Seeds.number("ROTA_JOBS").map(Int.init) ?? (years == nil ? 15 : 30)
        let size = HistorySize.fleet(days: years.map { $0 * 365 } ?? 180, assets: assets, jobs: jobs)
        var drill = try Drill(seed: seed, size)
        try drill.run()
        #expect(drill.ledger.faults == [], "ROTA_SEED=\(seed)")
        if years ?? 0 >= 3, assets >= 2000 {
            // Of what only a few jobs can come to, one history may lack some; the many small ones have it.
            #expect(drill.ledger.rare.missing.count <= 4, "\(drill.ledger.rare.missing)")
        }
        let runs = drill.world.runs.count
        print("simulated: seed \(seed), \(size.days) days of \(assets) assets, \(runs) runs; \(Usage.inWords)")
        print(drill.ledger.rare.inWords)
    }
}

/// What this process has used so far.
private enum Usage {
    static var inWords: String {
        var usage = rusage()
        // Zero is the process itself.
        getrusage(0, &usage)
        return "\(usage.ru_utime.tv_sec) s of processor, \(usage.ru_maxrss / 1024) MB at most"
    }
}
