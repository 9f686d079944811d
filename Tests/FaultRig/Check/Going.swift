import Recurrence

/// From a command's first sign of life to its last, by what it wrote itself.
struct Going: Sendable {
    /// The time since boot is told in hundredths of a second.
    static let precision = Duration.milliseconds(10)

    var attempt: Int64
    var run: Int64
    var moment: Programme.Moment
    /// Since the machine was started.
    var begins: Duration
    var ends: Duration
    /// By the machine's clock.
    var beganAt: Instant
    var endedAt: Instant

    /// Whether this one went on when the other began, or began with it.
    func isThere(when other: Going) -> Bool {
        attempt == other.attempt || begins <= other.begins && ends > other.begins + Self.precision
    }

    /// Each attempt that began, in the order of their beginnings.
    static func all(_ work: [WorkLog.Entry]) -> [Going] {
        Dictionary(grouping: work, by: \.attempt).compactMap { attempt, entries in
            guard let first = entries.min(by: { $0.sinceBoot < $1.sinceBoot }),
                let last = entries.max(by: { $0.sinceBoot < $1.sinceBoot })
            else { return nil }
            return Going(
                attempt: attempt, run: first.run,
                moment: Programme.Moment(job: first.job, client: first.client, asset: first.asset, due: first.due),
                begins: first.sinceBoot, ends: last.sinceBoot, beganAt: first.at, endedAt: last.at)
        }.sorted { ($0.begins, $0.attempt) < ($1.begins, $1.attempt) }
    }
}
