/// A time zone of the IANA database, read from the system's compiled data.
///
/// A zone is a value: it keeps the data with which it was made. ``named(_:)`` looks each time whether the data on disk
/// has changed, so taking zones anew for each piece of work is how a long-lived process follows an update.
public struct Zone: Sendable {
    /// Behind one reference, since occurrences carry their zone.
    private final class Storage: Sendable {
        let name: String
        let table: ZoneTable

        init(_ name: String, _ table: ZoneTable) {
            self.name = name
            self.table = table
        }
    }

    private let storage: Storage

    init(name: String, table: ZoneTable) { storage = Storage(name, table) }

    /// As the IANA database has it: `America/Vancouver`.
    public var name: String { storage.name }
    var table: ZoneTable { storage.table }

    /// Coordinated Universal Time, which needs no data.
    public static let utc = Zone(name: "UTC", table: ZoneTable(initial: 0, changes: []))

    /// The zone of exactly that name (`Europe/London`), from a cache that follows the data on disk.
    ///
    /// The data is looked for in `TZDIR` where that is set, and else where systems keep it (`/usr/share/zoneinfo`).
    public static func named(_ name: String) throws(ZoneError) -> Zone { try ZoneCache.shared.zone(name) }

    /// Which edition of the IANA database this machine has (`2026a`), by the text that lies beside the compiled data; nil
    /// where there is none, which says nothing about the data.
    public static var dataVersion: String? { ZoneFiles.version() }

    /// At most three names of the database that are near to what was written, the nearest first.
    public static func nearestNames(to name: String) -> [String] { ZoneNames.nearest(to: name) }

    /// Seconds east of UTC.
    public func offset(at instant: Instant) -> Int { Int(table.offset(at: instant.seconds)) }

    /// What the clock on the wall shows; fractions of a second are dropped.
    public func local(_ instant: Instant) -> LocalTime {
        let seconds = instant.seconds
        return LocalTime(seconds: seconds + table.offset(at: seconds))
    }

    /// Whether and when the clock on the wall shows that time.
    public func resolve(_ local: LocalTime) -> Resolution {
        switch table.place(local.seconds) {
        case .unique(let time):
            .unique(Instant(seconds: time))
        case .gap(let transition, let before, _):
            .gap(byOffsetBefore: Instant(seconds: local.seconds - before), transition: Instant(seconds: transition))
        case .overlap(let first, let second):
            .overlap(first: Instant(seconds: first), second: Instant(seconds: second))
        }
    }

    /// The first moment of a local day, which is midnight unless the clock skips it.
    public func startOfDay(_ date: CivilDate) -> Instant {
        switch resolve(LocalTime(seconds: Int64(date.daysSinceEpoch) * CivilMath.secondsPerDay)) {
        case .unique(let instant), .overlap(let instant, _), .gap(_, let instant): instant
        }
    }
}

extension Zone: Hashable {
    /// Zones are equal where their names are.
    public static func == (left: Zone, right: Zone) -> Bool {
        left.storage === right.storage || left.name == right.name
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Zone: CustomStringConvertible {
    public var description: String { name }
}
