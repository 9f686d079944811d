import Logging
import ServiceLifecycle
import Store

/// Plans what is due, opens and closes gates, and ends lost leases: for ever, beside any number of others.
///
/// There is no leader: each pass takes what nobody else is at, and a crash at any point leaves nothing half done.
public struct SchedulerService: Service {
    let store: Store
    let signals: Signals
    let settings: SchedulerSettings
    let clock: any Clock<Duration>
    let logger: Logger
    let floor = LeaseFloor()
    /// When its trace in the database is to be refreshed.
    let presence: Rhythm
    /// When to look for room behind limits.
    let parkedLook: Rhythm
    /// When to remove limits that nobody needs any more.
    let limitsLook: Rhythm
    /// When to look for old snapshots.
    let snapshotLook: Rhythm
    /// When to look for sessions that wait in the middle of a pipeline.
    let halfSentLook: Rhythm
    let halfSent = HalfSentWatch()
    /// Whom it has warned of.
    let alarm = SnapshotWatch()

    public init(
        store: Store, signals: Signals, settings: SchedulerSettings, clock: any Clock<Duration>, logger: Logger
    ) {
        self.store = store
        self.signals = signals
        self.settings = settings
        self.clock = clock
        self.logger = logger
        presence = Rhythm(every: settings.presenceEvery, clock: clock)
        parkedLook = Rhythm(every: settings.parkedEvery, clock: clock)
        limitsLook = Rhythm(every: settings.limitsEvery, clock: clock)
        snapshotLook = Rhythm(every: settings.snapshotsEvery, clock: clock)
        halfSentLook = Rhythm(every: settings.halfSentEvery, clock: clock)
    }

    /// Runs until it is asked to stop; the pass that is under way is finished first.
    public func run() async throws {
        let bell = Bell()
        logger.info("scheduler started", metadata: ["name": "\(settings.name)"])
        await withTaskGroup { group in
            group.addTask { await listen(ringing: bell) }
            group.addTask { await keepMonths() }
            await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    let wait = await pass()
                    await bell.wait(upTo: wait, clock: clock)
                }
            }
            group.cancelAll()
        }
        await sayGoodbye()
        logger.info("scheduler stopped", metadata: ["name": "\(settings.name)"])
    }

    private func listen(ringing bell: Bell) async {
        for await signal in signals.heard(on: [.plan]) {
            switch signal {
            case .plan, .connected: bell.ring()
            case .deaf:
                logger.info("a pooler stands before the database: nothing is heard, and it looks by itself")
            case .ready, .cancel, .drain: break
            }
        }
    }
}
