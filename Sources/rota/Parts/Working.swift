import Actions
import Glibc
import Logging
import Postgres
import Store
import Worker

/// A worker, put together.
enum Working {
    static func service(
        pool: Pool, settings: WorkerSettings, environment: ActionEnvironment, logger: Logger,
        performer: any Performing = Performer()
    ) -> WorkerService {
        let clock = ContinuousClock()
        return WorkerService(
            store: Store(pool: pool), signals: .heard(beside: pool, clock: clock),
            environment: environment, settings: settings, clock: clock, logger: logger, performer: performer)
    }

    /// A name that no other process has: workers of the same name are told apart by it.
    static func instance(of name: String) -> String {
        "\(name)/\(getpid())/\(String(UInt64.random(in: .min ... .max), radix: 36))"
    }
}
