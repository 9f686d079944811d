import Store

/// How a worker goes about its work.
public struct WorkerSettings: Sendable {
    public var profile: WorkerProfile
    /// After so long without renewing, a lease has run out.
    public var leaseLength: Duration
    /// How often leases are renewed, and the worker says that it is alive.
    public var renewEvery: Duration
    /// A command is ended so long after the sending of the last renewal that succeeded: well before its lease can
    /// have run out.
    public var permitLength: Duration
    /// How long it waits at most before it looks by itself for work, whatever it was told.
    public var poll: Duration
    /// How many runs at most it takes ahead of their turn, where they are short.
    public var mostAhead: Int
    /// What was taken ahead of its turn is handed back after so long without a slot for it.
    public var queueTime: Duration
    /// How long what is going may take to end after the worker was asked to stop.
    public var drain: Duration
    /// After the database failed it tries again after so long, and a random part of it more.
    public var retryWait: Duration

    public init(
        profile: WorkerProfile, leaseLength: Duration = .seconds(30), renewEvery: Duration = .seconds(10),
        permitLength: Duration = .seconds(20), poll: Duration = .seconds(2), mostAhead: Int = 200,
        queueTime: Duration = .seconds(2),
        drain: Duration = .seconds(60), retryWait: Duration = .milliseconds(500)
    ) {
        self.profile = profile
        self.leaseLength = leaseLength
        self.renewEvery = renewEvery
        self.permitLength = permitLength
        self.poll = poll
        self.mostAhead = mostAhead
        self.queueTime = queueTime
        self.drain = drain
        self.retryWait = retryWait
    }
}
