import Actions
import Logging
import ServiceLifecycle
import Store

/// Takes leases on runs, does their work, keeps the leases alive and reports: for ever, beside any number of others.
///
/// Asked to stop it takes no more, lets what is going end, and hands back what does not end in time.
public struct WorkerService: Service {
    let store: Store
    let signals: Signals
    let environment: ActionEnvironment
    let settings: WorkerSettings
    let clock: any Clock<Duration>
    let logger: Logger
    let performer: any Performing
    let hands: Hands
    let pace: Pace
    let looks = Looks()
    let hearing = Hearing()
    /// Rung when there may be work to take, or a slot has become free.
    let bell = Bell()
    /// Rung when nothing is at work any more.
    let idle = Bell()
    /// Rung when leases are to be renewed at once, to hear which are cancelled, and whether to go on at all.
    let renewal = Bell()

    public init(
        store: Store, signals: Signals, environment: ActionEnvironment, settings: WorkerSettings,
        clock: any Clock<Duration>, logger: Logger, performer: any Performing = Performer()
    ) {
        self.store = store
        self.signals = signals
        self.environment = environment
        self.settings = settings
        self.clock = clock
        self.performer = performer
        hands = Hands(slots: settings.profile.slots, reserve: settings.profile.reserve)
        pace = Pace(slots: settings.profile.slots, most: settings.mostAhead)
        var logger = logger
        logger[metadataKey: "worker"] = "\(settings.profile.name)"
        self.logger = logger
    }

    /// Runs until it is asked to stop and nothing is left in hand.
    ///
    /// - Throws: where the database refuses the worker.
    public func run() async throws {
        try await withGracefulShutdownHandler {
            guard let number = try await register() else { return }
            logger.info("worker started", metadata: ["queues": "\(settings.profile.queues.joined(separator: " "))"])
            await withTaskGroup { group in
                let desk = WorkDesk(worker: number)
                group.addTask { await listen(desk) }
                group.addTask { await renewForEver(worker: number) }
                group.addTask { await tick() }
                await work(desk)
                group.cancelAll()
            }
            await sayGoodbye(number)
        } onGracefulShutdown: {
            stop()
        }
    }

    /// Takes no more; `run` returns once nothing is left in hand.
    public func stop() {
        hands.stop()
        bell.ring()
        idle.ring()
    }

    /// Ends what is going at once and hands it back.
    public func hurry() {
        hands.hurry()
        bell.ring()
        idle.ring()
    }

    /// The worker's number; nil where it was asked to stop before the database was there.
    ///
    /// - Throws: what waiting does not mend, such as a login that is not bound to these queues.
    private func register() async throws -> Int64? {
        while !hands.isStopping && !Task.isCancelled {
            do {
                return try await store.registerWorker(settings.profile)
            } catch  where Store.isPassing(error) {
                logger.warning("the worker could not be made known", metadata: ["error": "\(error)"])
                await rest()
            }
        }
        return nil
    }

    private func listen(_ desk: WorkDesk) async {
        for await signal in signals.heard(on: [.ready, .cancel, .drain]) {
            switch signal {
            case .ready(let queue) where settings.profile.queues.contains(queue): look(desk)
            case .connected:
                hearing.isDeaf = false
                // What was said before it listened, such as that something in hand is cancelled, is asked for.
                renewal.ring()
                look(desk)
            case .deaf:
                hearing.isDeaf = true
                logger.info("a pooler stands before the database: nothing is heard, and it looks by itself")
                renewal.ring()
            case .cancel(let attempt) where hands.contains(attempt: attempt): renewal.ring()
            case .drain(let worker) where worker == desk.worker: renewal.ring()
            case .plan, .ready, .cancel, .drain: break
            }
        }
    }

    /// Something may have come in, also before the place up to where was taken.
    private func look(_ desk: WorkDesk) {
        desk.lookFromTheBeginning()
        bell.ring()
    }

    private func sayGoodbye(_ number: Int64) async {
        do {
            try await store.endWorker(number)
        } catch {
            logger.warning("the database did not hear that the worker ended", metadata: ["error": "\(error)"])
        }
        logger.info("worker stopped")
    }

    /// Waits after the database failed, by chance longer or shorter, so that not all come back in the same moment.
    /// By a bell of its own: several runs may rest at once, and the worker's is for one loop alone.
    func rest() async {
        await Bell().wait(upTo: settings.retryWait * Double.random(in: 1...2), clock: clock)
    }
}
