import Model
import Recurrence

/// A run in a worker's hands, with all that it needs to do it. The attempt's number is the lease's token.
public struct Lease: Sendable {
    public var attempt: Int64
    public var run: Int64
    /// Attempts that failed before this one.
    public var attempts: Int
    /// Attempts that were lost before this one.
    public var losses: Int
    public var leasedAt: Instant
    /// How long after it was leased the work may still be started; nil is any time.
    public var startWithin: Duration?
    public var lane: Lane
    public var due: Instant
    public var local: LocalTime
    /// What is to be done, and for whom.
    public var order: WorkOrder
    public var asset: Asset?

    public var job: Job { order.job }
    public var client: Client { order.client }
}

/// A job for a client. Runs that were taken together share it, as a definition is many values to copy.
public final class WorkOrder: Sendable {
    public let job: Job
    public let client: Client

    init(job: Job, client: Client) {
        self.job = job
        self.client = client
    }
}
