import Model
import Recurrence
import Synchronization

/// Whom a scheduler has warned of, from one look to the next.
final class SnapshotWatch: Sendable {
    private let alarm = Mutex(SnapshotAlarm())

    func tell(_ holders: [SnapshotHolder], now: Instant, limit: Duration) -> [SnapshotHolder] {
        alarm.withLock { $0.tell(holders, now: now, limit: limit) }
    }
}
