import Testing

@testable import Recurrence

/// Placing a local time is compared with its definition: it is every moment at which the clock shows that time.
struct ZonePlaceTests {
    /// The moments within two days at which a clock of this zone shows a local time.
    private func moments(_ table: ZoneTable, _ local: Int64) -> [Int64] {
        var offsets: Set<Int64> = []
        var time = local - 180_000
        while time < local + 180_000 {
            let segment = table.segment(at: time)
            offsets.insert(segment.offset)
            time = segment.end
        }
        return offsets.map { local - $0 }.filter { $0 + table.offset(at: $0) == local }.sorted()
    }

    private func check(_ table: ZoneTable, _ local: Int64, _ name: String) {
        let expected = moments(table, local)
        switch table.place(local) {
        case .unique(let time): #expect(expected == [time], "\(name) \(local)")
        case .overlap(let first, let second):
            #expect(expected.count >= 2 && expected.first == first && expected.contains(second), "\(name) \(local)")
        case .gap(let transition, let before, let after):
            #expect(expected.isEmpty, "\(name) \(local)")
            #expect(local - before >= transition && local - after < transition, "\(name) \(local)")
            #expect(
                table.offset(at: transition) == after && table.offset(at: transition - 1) == before, "\(name) \(local)")
        }
    }

    @Test func `every zone's transitions, from before to after`() throws {
        for name in ZoneNames.all() {
            let table = try Zone.named(name).table
            var segment = table.segment(at: -3_000_000_000)
            var transitions = 0
            while segment.end < 4_000_000_000 {
                segment = table.segment(at: segment.end)
                transitions += 1
                if transitions % 4 != 0, abs(segment.offset - segment.before) <= 3600 { continue }
                for edge in [segment.start + segment.before, segment.start + segment.offset] {
                    for distance in [-90_000, -3601, -1, 0, 1, 1799, 3600, 90_000] as [Int64] {
                        check(table, edge + distance, name)
                    }
                }
            }
        }
    }

    @Test func `invented zones with changes within hours of each other`() {
        var random = Seeded("places")
        for round in 0..<Seeded.count(300) {
            let table = InventedZone.wild(&random)
            for _ in 0..<60 {
                check(table, Int64.random(in: 0..<3_000_000, using: &random), "seed \(random.seed), zone \(round)")
            }
        }
    }
}
