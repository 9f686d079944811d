/// How a scheduler goes about its work.
public struct SchedulerSettings: Sendable {
    /// How it is called in logs.
    public var name: String
    /// Tells schedulers of the same name apart.
    public var instance: String
    /// The machine on which it runs.
    public var host: String
    /// How many assignments it plans in one transaction: enough that what a transaction costs is shared by many, and few
    /// enough that nobody who waits for one of them (a worker whose run is to be tried again, say) waits for long.
    public var batch: Int
    /// How long it waits at most before it looks by itself, whatever it was told: notifications are hints.
    public var poll: Duration
    /// How long it leaves what is due to another scheduler that is at it, before it looks again.
    public var turnWait: Duration
    /// How long after a lease has run out another worker may have the run: so long a worker that lives may still be
    /// ending its command.
    public var grace: Duration
    /// How long what was due is kept after its month.
    public var history: Duration
    /// How many months after this one have their place in the database made ahead.
    public var monthsAhead: Int
    /// How often months are looked at.
    public var monthsEvery: Duration
    /// How often it tells the database that it is there.
    public var presenceEvery: Duration
    /// How often it looks whether runs wait behind a limit although there is room.
    public var parkedEvery: Duration
    /// How often it removes the limits of occurrences that are over.
    public var limitsEvery: Duration
    /// How often it looks for old snapshots.
    public var snapshotsEvery: Duration
    /// How often it looks for sessions that wait in the middle of a pipeline; one that it meets twice is ended.
    public var halfSentEvery: Duration
    /// How long somebody may hold a snapshot of the database before it warns of it.
    public var oldSnapshot: Duration
    /// After the database failed it tries again after so long, and a random part of it more.
    public var retryWait: Duration

    public init(
        name: String, instance: String? = nil, host: String = "localhost", batch: Int = 500,
        poll: Duration = .seconds(1), turnWait: Duration = .milliseconds(50),
        grace: Duration = .seconds(5), history: Duration = .seconds(400 * 86_400), monthsAhead: Int = 3,
        monthsEvery: Duration = .seconds(3600), presenceEvery: Duration = .seconds(10),
        parkedEvery: Duration = .seconds(5), limitsEvery: Duration = .seconds(600),
        snapshotsEvery: Duration = .seconds(60), halfSentEvery: Duration = .seconds(10),
        oldSnapshot: Duration = .seconds(300), retryWait: Duration = .milliseconds(500)
    ) {
        self.name = name
        self.instance = instance ?? "\(name)/\(String(UInt64.random(in: .min ... .max), radix: 36))"
        self.host = host
        self.batch = batch
        self.poll = poll
        self.turnWait = turnWait
        self.grace = grace
        self.history = history
        self.monthsAhead = monthsAhead
        self.monthsEvery = monthsEvery
        self.presenceEvery = presenceEvery
        self.parkedEvery = parkedEvery
        self.limitsEvery = limitsEvery
        self.snapshotsEvery = snapshotsEvery
        self.halfSentEvery = halfSentEvery
        self.oldSnapshot = oldSnapshot
        self.retryWait = retryWait
    }
}
