import Postgres
import SeededDice

/// Some of everything.
struct RandomValues {
    let integers: [Int64]
    let doubles: [Double]
    let texts: [String]
    let bytes: [[UInt8]]
    let instants: [PostgresTimestamp]
    let maybes: [Int32?]

    init(using random: inout Dice) {
        let count = Int.random(in: 0...5, using: &random)
        integers = (0..<count).map { _ in Int64.random(in: .min ... .max, using: &random) }
        doubles = (0..<count).map { _ in Double.random(in: -1e300...1e300, using: &random) }
        texts = (0..<count).map { _ in RandomValues.text(&random) }
        bytes = (0..<count).map { _ in
            (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        // The server's timestamps end in the year 294276.
        instants = (0..<count).map { _ in
            PostgresTimestamp(
                microseconds: Int64.random(in: -60_000_000_000_000_000...9_000_000_000_000_000_000, using: &random))
        }
        maybes = (0..<count).map { _ in
            Bool.random(using: &random) ? Int32.random(in: .min ... .max, using: &random) : nil
        }
    }

    private static func text(_ random: inout Dice) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            if let scalar = Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
