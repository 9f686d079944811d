import Recurrence

/// What becomes of an attempt in a world in memory.
public struct Work: Hashable, Sendable {
    /// How it comes to its end.
    public enum Ending: Hashable, Sendable {
        /// Its worker says how it ended.
        case tells(AttemptEnd)
        /// Its worker says more than that: the command's exit code, what it found, that a guard refused.
        indirect case says(Outcome)
        /// Its worker vanishes: the lease runs out 30 s later, and 5 s after that another may have the run.
        case vanishes
        /// Its worker is stopped, and tells so long after the end of its lease how it ended: too late.
        case stalls(Duration, AttemptEnd)
    }

    /// From the lease to the end that it is told, or to the last renewal before its worker vanishes; at least zero.
    public var lasting: Duration
    public var ending: Ending

    /// Whether its worker says how it ended, and hears until then what it is asked.
    public var isTold: Bool {
        switch ending {
        case .tells, .says: true
        case .vanishes, .stalls: false
        }
    }

    public init(lasting: Duration, ending: Ending = .tells(.succeeded)) {
        self.lasting = lasting
        self.ending = ending
    }
}

/// An attempt that begins, as far as those who do the work need to know it.
public struct Chore: Hashable, Sendable {
    /// The run's number in its world, and which of its attempts this is, from 1.
    public var run: Int64
    public var attempt: Int
    /// The place of its assignment in the world's list.
    public var assignment: Int
    /// The asset's number; nil is the client as a whole.
    public var target: Int64?
    public var due: Instant

    public init(run: Int64, attempt: Int, assignment: Int, target: Int64?, due: Instant) {
        self.run = run
        self.attempt = attempt
        self.assignment = assignment
        self.target = target
        self.due = due
    }
}

/// Those who do the work in a world in memory. What they answer has to follow from what they are asked alone, so that
/// one seed gives one history.
public protocol Labour: Sendable {
    /// How long an attempt goes on, and how it ends.
    func work(on chore: Chore) -> Work

    /// How long a person takes to complete a task, or to acknowledge a reminder; nil is never.
    func patience(with chore: Chore) -> Duration?
}
