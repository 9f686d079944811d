import Actions
import Model
import Synchronization

/// How long runs of each lane take lately, from which follows how many are taken ahead of their turn.
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
    /// The mean length of a lane's runs, in seconds.
    private let means = Mutex<[Lane: Double]>([:])

    init(slots: Int, most: Int) {
        self.slots = slots
        self.most = most
    }

    /// A run has ended.
    func note(_ length: Duration, of lane: Lane) {
        let (seconds, attoseconds) = length.components
        let length = Double(seconds) + Double(attoseconds) * 1e-18
        means.withLock { means in
            means[lane] = means[lane].map { $0 + Self.weight * (length - $0) } ?? length
        }
    }

    /// What was taken ahead has found no slot in so long: the runs that are at work take at least that, and no more is taken
    /// ahead before they have ended and others have been quick.
    func noteWait(_ length: Duration, of lane: Lane) {
        means.withLock { means in means[lane] = max(means[lane] ?? 0, length / .seconds(1)) }
    }

    /// Whether all that was done lately took less than a millisecond.
    var isQuick: Bool { means.withLock { !$0.isEmpty && $0.values.allSatisfy { $0 < 1e-3 } } }

    /// How many to take ahead now, and how many of them may be reactive. Scheduled work has the say in the first, where there
    /// is any: what is taken ahead may be of either lane.
    var ahead: (most: Int, reactive: Int) {
        means.withLock { means in
            let reactive = ahead(means[.reactive])
            let most = means[.proactive].map { ahead($0) } ?? reactive
            return (most, min(most, reactive))
        }
    }

    private func ahead(_ mean: Double?) -> Int {
        guard let mean, mean < Self.horizon else { return 0 }
        return min(most, Int(Double(slots) * Self.horizon / max(mean, 1e-6)))
    }
}
