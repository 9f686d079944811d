import SeededDice

/// Chance that is the same for the same seed.
public struct Chance: RandomNumberGenerator, Sendable {
    private var dice: Dice

    public init(seed: UInt64) { dice = Dice(seed) }

    public mutating func next() -> UInt64 { dice.next() }

    mutating func pick<T>(_ values: [T]) -> T {
        precondition(!values.isEmpty, "there is nothing to pick from")
        return values[Int.random(in: values.indices, using: &self)]
    }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(Int.random(in: range, using: &self))
    }
}
