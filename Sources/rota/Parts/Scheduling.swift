import Logging
import Postgres
import Scheduler
import Store

/// A scheduler, put together.
enum Scheduling {
    /// - Parameter pool: of its own: a scheduler needs one connection, and a second one to ask with meanwhile.
    static func service(pool: Pool, settings: SchedulerSettings, logger: Logger) -> SchedulerService {
        let clock = ContinuousClock()
        return SchedulerService(
            store: Store(pool: pool), signals: .heard(beside: pool, clock: clock),
            settings: settings, clock: clock, logger: logger)
    }
}
