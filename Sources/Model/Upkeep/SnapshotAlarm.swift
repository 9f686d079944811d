import Recurrence

/// Whom to warn of: of each holder once, and again as long as it goes on, but not with each look.
public struct SnapshotAlarm: Sendable {
    private struct Key: Hashable {
        var kind: SnapshotHolder.Kind
        var name: String
        var since: Instant?
    }

    /// After so long it is told again.
    public static let again: Duration = .seconds(600)

    private var told: [Key: Instant] = [:]

    public init() {}

    /// Those of the holders that are to be told now.
    ///
    /// - Parameter holders: all that there are; of those that are not among them nothing is remembered.
    /// - Parameter limit: how long a snapshot may be held.
    public mutating func tell(_ holders: [SnapshotHolder], now: Instant, limit: Duration) -> [SnapshotHolder] {
        var remembered: [Key: Instant] = [:]
        var telling: [SnapshotHolder] = []
        for holder in holders where holder.isOld(now: now, limit: limit) {
            let key = Key(kind: holder.kind, name: holder.name, since: holder.since)
            if let last = told[key], now - last < Self.again {
                remembered[key] = last
            } else {
                remembered[key] = now
                telling.append(holder)
            }
        }
        told = remembered
        return telling
    }
}
