@testable import Recurrence

/// Zones worse than any that exist: many changes, of up to a day.
enum InventedZone {
    private static let offsets: [Int32] = [0, 3600, 7200, -3600, 1800, 5400, 12_600, -12_600, 43_200, -39_600, 50_400]

    /// Changes that may lie closer together than they are large, so that times are skipped and then shown after all.
    static func wild(_ random: inout Seeded) -> ZoneTable {
        table(&random) { random, _ in
            random.chance(30)
                ? Int64.random(in: 1...60, using: &random) * 1800 : Int64.random(in: 1...30, using: &random) * 43_200
        }
    }

    /// Changes that may follow each other at once, but lie at least as far apart as they are large: as in every real
    /// zone.
    static func zone(_ random: inout Seeded) -> Zone {
        Zone(
            name: "Invented/Zone",
            table: table(&random) { random, largest in
                largest + (random.chance(40) ? 0 : Int64.random(in: 1...200, using: &random) * 1800)
            })
    }

    private static func table(_ random: inout Seeded, _ apart: (inout Seeded, _ largest: Int64) -> Int64) -> ZoneTable {
        let initial = random.pick(offsets)
        let count = Int.random(in: 1...12, using: &random)
        let chosen = [initial] + (0..<count).map { _ in random.pick(offsets) }
        var (changes, time) = ([(at: Int64, offset: Int32)](), Int64(200_000))
        for index in 1...count {
            changes.append((time, chosen[index]))
            let shift = abs(Int64(chosen[index] - chosen[index - 1]))
            let next = index < count ? abs(Int64(chosen[index + 1] - chosen[index])) : 0
            time += max(apart(&random, max(shift, next)), 60)
        }
        return ZoneTable(initial: initial, changes: changes)
    }
}
