/// One moment at which a schedule is due.
public struct Occurrence: Hashable, Sendable {
    /// The moment, offsets included.
    public var at: Instant
    /// The local time that the rule named, before any spread. Where the clock skips it, it is still the one named.
    public var local: LocalTime
    public var zone: Zone

    public init(at: Instant, local: LocalTime, zone: Zone) {
        self.at = at
        self.local = local
        self.zone = zone
    }
}
