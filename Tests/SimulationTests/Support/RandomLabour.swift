import Recurrence
import SeededDice

@testable import Model

/// Workers that fail, crash, stall and run into their timeouts, and people who take their time: each as the seed, the run
/// (by its assignment, its target and when it is due) and the attempt say, and nothing else.
struct RandomLabour: Labour {
    let seed: UInt64
    /// Assignments of which each run is asked for by a guard of its worker's, by their places.
    var guarded: Set<Int> = []
    /// In the calm at the end everything succeeds soon.
    var isCalm = false

    func work(on chore: Chore) -> Work {
        var dice = dice(chore)
        if isCalm {
            return Work(
                lasting: .seconds(Int64(dice.number(1...240))), ending: .says(Outcome(.succeeded, findings: [])))
        }
        if guarded.contains(chore.assignment), chore.attempt <= refusals(of: chore) {
            return Work(
                lasting: .seconds(Int64(dice.number(1...20))),
                ending: .says(Outcome(.released, message: "no", isPutOff: true)))
        }
        let lasting = Duration.seconds(Int64(dice.chance(15) ? dice.number(3600...40_000) : dice.number(1...4000)))
        switch dice.number(0...99) {
        case 0..<50: return Work(lasting: lasting)
        case 50..<62: return Work(lasting: lasting, ending: .says(Outcome(.succeeded, findings: [])))
        case 62..<70:
            let found = (0...dice.number(0...1)).map { _ in finding(&dice) }
            return Work(lasting: lasting, ending: .says(Outcome(.succeeded, findings: found)))
        case 70..<77: return Work(lasting: lasting, ending: .tells(.failed))
        // Most who look for a target that is not there find that out soon.
        case 77..<84:
            return Work(
                lasting: .seconds(Int64(dice.number(1...300))), ending: .says(Outcome(.failed, exitCode: 69)))
        case 84..<88: return Work(lasting: lasting, ending: .tells(.timedOut))
        case 88..<92: return Work(lasting: lasting, ending: .tells(.released))
        case 92..<96: return Work(lasting: lasting, ending: .vanishes)
        default:
            return Work(
                lasting: lasting,
                ending: .stalls(.seconds(Int64(dice.number(1...4000))), dice.pick([.succeeded, .failed])))
        }
    }

    func patience(with chore: Chore) -> Duration? {
        var dice = dice(chore)
        if isCalm { return .seconds(60) }
        return dice.chance(10) ? nil : .seconds(Int64(dice.number(60...200_000)))
    }

    private func finding(_ dice: inout Dice) -> Finding {
        Finding(
            key: dice.pick(["disk", "backup", "clock"]), severity: dice.pick([.info, .warning, .critical]),
            text: "it is bad")
    }

    /// So many attempts of a run its guard refuses at first.
    private func refusals(of chore: Chore) -> Int {
        var chore = chore
        chore.attempt = 0
        var dice = dice(chore)
        return dice.chance(70) ? 0 : dice.chance(70) ? dice.number(1...6) : dice.number(20...60)
    }

    private func dice(_ chore: Chore) -> Dice {
        let place = UInt64(chore.assignment) << 32 ^ UInt64(chore.target ?? 0) << 8 ^ UInt64(chore.attempt)
        return Dice(Dice.mixed(seed &* 0x1000_0001 ^ place) ^ UInt64(bitPattern: chore.due.seconds))
    }
}
