import Recurrence
import Synchronization

/// How far the database's clock, `rota.now()`, is ahead of the machine's; a fault may move it.
final class DatabaseClock: Sendable {
    private let moves: Mutex<[(from: Instant, ahead: Duration)]>

    init(ahead: Duration) {
        moves = Mutex([(Instant(seconds: 0), ahead)])
    }

    /// From this moment of the machine's clock on.
    func move(at moment: Instant, ahead: Duration) {
        moves.withLock { $0.append((moment, ahead)) }
    }

    var ahead: Duration { moves.withLock { $0.last?.ahead ?? .zero } }
    var wasMoved: Bool { moves.withLock { $0.count > 1 } }

    /// How far it was ahead when it said this.
    func ahead(at reading: Instant) -> Duration {
        moves.withLock { moves in moves.last { $0.from + $0.ahead <= reading }?.ahead ?? .zero }
    }

    /// What the database's clock said at a moment of the machine's.
    func reading(at moment: Instant) -> Instant {
        moves.withLock { moves in moment + (moves.last { $0.from <= moment }?.ahead ?? .zero) }
    }
}
