import Recurrence

/// Something that happened in a world in memory, at the moment at which it stands.
public enum WorldEvent: Sendable {
    /// An occurrence was planned, with the run of this number and so many in all.
    case planned(assignment: Int, due: Instant, firstRun: Int64, runs: Int)
    /// Planning put a run somewhere; `from` is nil where it was made then, and `parked` the group that it waited for.
    case placed(run: Int64, from: WorldRun.Place?, parked: Int?, to: Placement)
    /// An attempt began.
    case started(attempt: Int64)
    /// A run was to start, and found this group full.
    case parked(run: Int64, group: Int)
    /// An attempt ended, and what follows for its run.
    case ended(attempt: Int64, AttemptEnd, Verdict)
    /// A worker told the end of an attempt whose lease another had ended: it changes nothing.
    case refused(attempt: Int64)
    /// A rollout was stopped, until a person decides.
    case stopped(rollout: Int, assignment: Int, due: Instant, why: String)
    /// A person completed a task, or acknowledged a reminder.
    case completed(run: Int64)
    /// An assignment could not be planned; it is not looked at any more until something changes.
    case trouble(assignment: Int, String)
}
