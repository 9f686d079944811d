import Recurrence

/// Whom to warn of: of each holder once, and again as long as it goes on, but not with each look.
public struct SnapshotAlarm: Sendable {
    private struct Key: Hashable {
        var kind: SnapshotHolder.Kind
        var name: String
        var since: Instant?
        /// Where the beginning cannot be seen: what follows in the same session is another.
        var horizon: String?
    }

    private struct Sight {
        /// When it was seen first.
        var first: Instant
        /// When it was told of last; nil is never.
        var told: Instant?
    }

    /// After so long it is told again.
    public static let again: Duration = .seconds(600)

    private var sights: [Key: Sight] = [:]

    public init() {}

    /// Those of the holders that are to be told now. Of one whose beginning cannot be seen it counts from when it was
    /// seen first.
    ///
    /// - Parameter holders: all that there are; of those that are not among them nothing is remembered.
    /// - Parameter limit: how long a snapshot may be held.
    public mutating func tell(_ holders: [SnapshotHolder], now: Instant, limit: Duration) -> [SnapshotHolder] {
        var seen: [Key: Sight] = [:]
        var telling: [SnapshotHolder] = []
        for var holder in holders {
            let key = Key(
                kind: holder.kind, name: holder.name, since: holder.since,
                horizon: holder.since == nil ? holder.horizon : nil)
            var sight = sights[key] ?? Sight(first: now)
            holder.since = holder.since ?? sight.first
            if holder.isOld(now: now, limit: limit), sight.told.map({ now - $0 >= Self.again }) ?? true {
                sight.told = now
                telling.append(holder)
            }
            seen[key] = sight
        }
        sights = seen
        return telling
    }
}
