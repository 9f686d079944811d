import Recurrence

/// When work that is over is due again.
public struct NextDue: Hashable, Sendable {
    /// Nil where it never is, or where a pause skips it until somebody resumes it.
    public var at: Instant?
    /// The pause that skips what would be due next; nil where none does.
    public var pause: Pause?
}

extension Job {
    /// When it is due next on a target, as far as pauses let it be: what is due while one of them is active is skipped.
    ///
    /// - Parameter pauses: those that hold it on that target.
    /// - Throws: what the schedule throws past the horizon of the calendar.
    public func nextDue(after now: Instant, by schedule: Schedule, pauses: [Pause]) throws -> NextDue {
        var moment = now
        var first: Pause?
        while let due = try schedule.next(after: moment)?.at {
            guard let pause = pauses.first(where: { $0.isActive(at: due) }) else {
                return NextDue(at: due, pause: first)
            }
            first = first ?? pause
            guard let until = pause.until else { return NextDue(at: nil, pause: pause) }
            // What is due when it ends is the first that is not skipped.
            moment = max(due, until - .microseconds(1))
        }
        return NextDue(at: nil, pause: first)
    }
}
