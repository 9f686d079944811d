import Model
import Recurrence
import Store

/// What is to be foretold, and all that it follows from.
public struct ForecastQuestion: Sendable {
    public var catalogue: Catalogue
    /// The moment from which the world is followed, the same as `from` or before it.
    public var now: Instant
    /// What starts in `[from, until)` is told.
    public var from: Instant
    public var until: Instant
    /// How long a run lasts where `durations` does not say, its timeout at most.
    public var standard: Duration
    /// How long the runs of a job lasted so far: the median.
    public var durations: [String: Duration] = [:]
    /// The same on a bad night: nine of ten lasted no longer.
    public var slow: [String: Duration] = [:]
    /// How things stand at `now`; nil is that nothing has been planned yet, but up to just before `now`.
    public var facts: ForecastFacts?

    public init(catalogue: Catalogue, now: Instant, from: Instant, until: Instant, standard: Duration) {
        self.catalogue = catalogue
        self.now = now
        self.from = from
        self.until = until
        self.standard = standard
    }

    /// How long a run of a job is taken to last.
    public func duration(of job: Job) -> Duration { possible(durations[job.name] ?? standard, of: job) }

    /// How long a run of a job lasts on a bad night.
    func slowDuration(of job: Job) -> Duration {
        slow[job.name].map { max(possible($0, of: job), duration(of: job)) } ?? duration(of: job)
    }

    private func possible(_ duration: Duration, of job: Job) -> Duration {
        guard case .exec(let exec) = job.action else { return duration }
        return min(duration, exec.timeout.elapsed)
    }
}
