import FaultRig
import Logging
import Model
import Postgres
import Scheduler
import ServiceLifecycle
import Store
import StoreTestSupport
import Testing

/// The service itself, whose time a test moves: what happens without moving it, happens because somebody told it.
@Suite struct SchedulerServiceTests {
    @Test func `what somebody asks for is planned at once, without waiting for the next look`() async throws {
        try await withScheduler { planning, clock, watch in
            await clock.waitForSleeper(forAtMost: .seconds(60))
            _ = try await planning.store.requestRuns(job: "job", client: nil, asset: nil, actor: "anna")
            try await watch.until("the run to become ready", "select exists (select from rota.ready)")
        }
    }

    @Test func `what nobody told it of is found at the next look`() async throws {
        try await withScheduler { planning, clock, watch in
            await clock.waitForSleeper(forAtMost: .seconds(60))
            try await planning.database.execute("update rota.assignment set wake_at = rota.now() - interval '1 s'")
            #expect(try await planning.database.pool.value(Self.isPlanned) == false)
            clock.advance(by: .seconds(1))
            await clock.waitForSleeper(forAtMost: .seconds(60))
            try await watch.until("the assignment to be planned", Self.isPlanned)
        }
    }

    @Test func `it does not spin while another scheduler is at what is due`() async throws {
        try await withScheduler { planning, clock, watch in
            await clock.waitForSleeper(forAtMost: .seconds(60))
            let other = try await planning.database.database.connect()
            try await other.transaction { connection in
                try await connection.execute("update rota.assignment set wake_at = rota.now() - interval '1 s'")
                _ = try await connection.query("select pg_notify('rota_plan', '')")
            }
            await other.close()
            try await watch.until("the assignment to be planned", Self.isPlanned)

            let holder = try await planning.database.database.connect()
            _ = try await planning.database.pool.query(
                "update rota.assignment set wake_at = rota.now() - interval '1 s'")
            try await holder.transaction { connection in
                _ = try await connection.query("select id from rota.assignment for update")
                clock.advance(by: .seconds(1))
                // One that looked again and again would never come to sleep.
                try await within(.seconds(20), "the scheduler to wait for its turn") {
                    await clock.waitForSleeper(forAtMost: .seconds(60))
                }
            }
            await holder.close()
            clock.advance(by: .seconds(1))
            try await watch.until("the assignment to be planned", Self.isPlanned)
        }
    }

    @Test func `it goes on when every connection has died`() async throws {
        try await withScheduler { planning, clock, watch in
            await clock.waitForSleeper(forAtMost: .seconds(60))
            try await planning.database.execute(
                """
                update rota.assignment set wake_at = rota.now() - interval '1 s';
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """)
            // The time stands: it looks because it listens again, and may have missed something.
            try await watch.until("the assignment to be planned", Self.isPlanned)
        }
    }

    private static let isPlanned: Statement =
        "select exists (select from rota.assignment where wake_at > rota.now())"

    private func withScheduler(
        _ body: @escaping @Sendable (Planning, HandClock, Watch) async throws -> Void
    ) async throws {
        try await withMigratedDatabase(size: 8) { database in
            let estate = Estate(pool: database.pool)
            let store = Store(pool: database.pool)
            let planning = Planning(database: database, estate: estate, store: store)
            try await estate.add(Planning.client)
            _ = try await estate.add(
                Jobs.command(every: 86_400 * 365), for: Planning.client, plannedThrough: try await store.now())
            try await Watch.prepare(database.pool)
            let clock = HandClock()
            let service = SchedulerService(
                store: store, signals: Signals(listener: Listener(database.pool.configuration)),
                settings: SchedulerSettings(name: "test"), clock: clock, logger: Logger(label: "scheduler"))
            let group = ServiceGroup(services: [service], logger: Logger(label: "group"))
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await group.run() }
                try await body(planning, clock, Watch(pool: database.pool))
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
        }
    }
}
