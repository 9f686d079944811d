import Recurrence

// What this machine has of its own.
extension Check {
    /// One question for the time: when it was asked and when it was answered by this machine's clock, and what the
    /// database said between.
    struct ClockReading: Sendable, Hashable {
        var asked: Instant
        var told: Instant
        var answered: Instant

        /// How far this machine's clock is ahead, taken that the answer was made half way.
        var ahead: Duration { asked + (answered - asked) / 2 - told }
    }

    /// The database alone judges what is due; a machine that is off shows and logs other times than it.
    static func clock(_ readings: [ClockReading]) -> Check {
        let sorted = readings.map(\.ahead).sorted()
        guard !sorted.isEmpty else { return Check("clock", .warn, "the database's clock was not read") }
        let ahead = sorted[sorted.count / 2]
        let off = ahead < .zero ? .zero - ahead : ahead
        let seen = "this machine's is \(off.inWords) \(ahead < .zero ? "behind" : "ahead of") the database's"
        let mend = "set one of them by NTP (timedatectl); what is due goes by the database's"
        if off > .seconds(60) { return Check("clock", .fail, seen, mend: mend) }
        return off > .seconds(1) ? Check("clock", .warn, seen, mend: mend) : Check("clock", .ok, seen)
    }

    /// - Parameters:
    ///   - version: of this machine's time zone data, `2026a`; nil where it does not say.
    ///   - problems: what is wrong with zones of clients.
    static func zones(version: String?, used: Int, problems: [String], now: Instant) -> Check {
        let data = version.map { "time zone data \($0)" } ?? "time zone data of unknown age"
        if let first = problems.first {
            return Check(
                "timeZones", .fail, "\(counted(problems.count, "zone")) of clients cannot be read: \(first)",
                mend: "install the time zone data anew (Debian: apt-get install --reinstall tzdata)")
        }
        let seen = "\(data), \(counted(used, "zone")) in use"
        if let version, let year = Int(version.prefix(4)), year < Zone.utc.local(now).date.year - 1 {
            return Check(
                "timeZones", .warn, "\(seen): it is old, and countries change their rules",
                mend: "upgrade it (Debian: apt-get install tzdata)")
        }
        return Check("timeZones", .ok, seen)
    }
}
