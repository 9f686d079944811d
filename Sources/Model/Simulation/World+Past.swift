import Recurrence

/// What happened before this world began, and still decides about it.
extension World {
    /// When a job for a client last succeeded on a target.
    public mutating func succeeded(_ assignment: Int, on target: Int64?, at moment: Instant) {
        assignments[assignment].successes[target] = moment
    }

    /// The last run of an assignment that failed for good since it was last resumed, where that is to pause its job.
    public mutating func failed(_ assignment: Int, _ run: FailedRun) { assignments[assignment].state.failure = run }

    /// How far the rollout of an assignment's occurrence had come, and what was decided about it. What is open of it is to be
    /// added afterwards.
    ///
    /// - Parameter local: the occurrence's local time by the rule; nil is that of the moment in its schedule's zone.
    public mutating func add(_ tally: RolloutTally, of assignment: Int, due: Instant, local: LocalTime? = nil) {
        let local = local ?? assignments[assignment].state.schedule.zone.local(due)
        let place = rollout(of: assignment, due: due, local: local)
        rollouts[place].tally = tally
        assignments[assignment].plannedRollouts.insert(place)
    }

    /// The window of an assignment as it would be without its exceptions, for runs that a person wants in spite of these.
    public mutating func set(unfrozenWindow: Window, of assignment: Int) {
        assignments[assignment].state.unfrozenWindow = unfrozenWindow
    }
}
