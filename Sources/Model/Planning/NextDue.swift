import Recurrence

/// When work that is over is due again.
public struct NextDue: Hashable, Sendable {
    /// Nil where it never is, or where a pause skips it until somebody resumes it.
    public var at: Instant?
    /// The pause that skips what would be due next; nil where none does.
    public var pause: Pause?
}

extension Job {
    /// How long before it is due an occurrence is made: a rollout over all clients is made when the first of them, in whatever
    /// zone, is due.
    public var madeAhead: Duration {
        let lead = lead?.elapsed ?? .zero
        return rollout?.across == .clients ? max(lead, Self.leadAcross) : lead
    }

    /// When it is due next on a target, as far as pauses let it be: what is made while one of them is active is skipped.
    ///
    /// - Parameter pauses: those that hold it on that target.
    /// - Throws: what the schedule throws past the horizon of the calendar.
    public func nextDue(after now: Instant, by schedule: Schedule, pauses: [Pause]) throws -> NextDue {
        var moment = now
        var first: Pause?
        while let due = try schedule.next(after: moment)?.at {
            let made = max(due - madeAhead, now)
            guard let pause = pauses.first(where: { $0.isActive(at: made) }) else {
                return NextDue(at: due, pause: first)
            }
            first = first ?? pause
            guard let until = pause.until else { return NextDue(at: nil, pause: pause) }
            // What is made when it ends is the first that is not skipped.
            moment = max(due, until + madeAhead - .microseconds(1))
        }
        return NextDue(at: nil, pause: first)
    }
}
