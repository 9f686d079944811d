import FoundationEssentials
import SeededDice

/// Random numbers from a seed, the same on every machine. `ROTA_SEED` sets another seed; failures print it.
struct Seeded: RandomNumberGenerator {
    let seed: UInt64
    private var dice: Dice

    init(_ purpose: String) {
        let setting = ProcessInfo.processInfo.environment["ROTA_SEED"].flatMap { UInt64($0) }
        seed = setting ?? 20_260_213
        dice = Dice(purpose.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }

    mutating func next() -> UInt64 { dice.next() }

    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &self)] }
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// Some of the values, in order, at least one.
    mutating func some(_ values: [Int], most: Int) -> [Int] {
        values.shuffled(using: &self).prefix(Int.random(in: 1...most, using: &self)).sorted()
    }

    /// How many cases to try: `ROTA_FUZZ` times as many as usual.
    static func count(_ usual: Int) -> Int {
        let factor = ProcessInfo.processInfo.environment["ROTA_FUZZ"].flatMap { Int($0) } ?? 1
        return usual * max(1, factor)
    }
}
