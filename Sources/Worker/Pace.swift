import Actions
import Synchronization

/// How long runs take lately, from which follows how many are taken ahead of their turn.
///
/// Short runs would leave slots empty for as long as the database takes to hand out the next; long ones may be done by
/// another worker meanwhile. So as many are taken ahead as the slots do in a quarter of a second, and none where a run
/// takes longer than that: far less than the time for which a lease is safe.
final class Pace: Sendable {
    /// How long what is taken ahead should wait at most, in seconds.
    private static let horizon = 0.25
    /// How much the newest run counts.
    private static let weight = 0.1

    private let slots: Int
    /// The most that are taken ahead.
    private let most: Int
    /// The mean length of a run, in seconds.
    private let mean = Mutex<Double?>(nil)

    init(slots: Int, most: Int) {
        self.slots = slots
        self.most = most
    }

    func note(_ length: Duration) {
        let (seconds, attoseconds) = length.components
        let length = Double(seconds) + Double(attoseconds) * 1e-18
        mean.withLock { mean in
            mean = mean.map { $0 + Self.weight * (length - $0) } ?? length
        }
    }

    /// Whether runs take less than a millisecond.
    var isQuick: Bool { mean.withLock { $0.map { $0 < 1e-3 } ?? false } }

    /// How many to take ahead now.
    var ahead: Int {
        guard let mean = mean.withLock({ $0 }), mean < Self.horizon else { return 0 }
        return min(most, Int(Double(slots) * Self.horizon / max(mean, 1e-6)))
    }
}
