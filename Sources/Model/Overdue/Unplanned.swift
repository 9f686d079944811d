import Recurrence

/// A moment at which work was due, and for which no scheduler has made runs although the time for it has passed.
public struct Unplanned: Hashable, Sendable {
    public var due: Instant
    /// When the work became overdue.
    public var late: Instant

    public init(due: Instant, late: Instant) {
        self.due = due
        self.late = late
    }
}

extension Job {
    /// How long after `due` the work may still succeed in time; nil where nothing says so.
    ///
    /// - Throws: `RuleError` past the horizon of the calendar.
    public func within(of due: Instant, by schedule: Schedule) throws -> Duration? {
        if let within { return within.elapsed }
        return try schedule.period(at: due)
    }

    /// The first moment on one target that nobody planned and nothing settled, if it is overdue now: what is owed even
    /// if every scheduler has been dead since.
    ///
    /// - Parameters:
    ///   - schedule: the job's, laid onto the client's zone.
    ///   - plannedThrough: every due moment up to here has its runs.
    ///   - settled: what was due on the target up to then is settled: by the last success, or by a waiver.
    /// - Throws: `RuleError` past the horizon of the calendar.
    public func firstUnplanned(
        by schedule: Schedule, plannedThrough: Instant, settled: Instant?, now: Instant
    ) throws -> Unplanned? {
        let begin = settled.map { max($0, plannedThrough) } ?? plannedThrough
        guard let occurrence = try schedule.next(after: begin), occurrence.at < now,
            let within = try within(of: occurrence.at, by: schedule)
        else { return nil }
        let late = occurrence.at + within
        return late < now ? Unplanned(due: occurrence.at, late: late) : nil
    }
}
