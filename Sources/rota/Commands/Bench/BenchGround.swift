import Actions
import Logging
import Postgres
import Store
import UnixSignals
import Worker

/// Where a benchmark takes place.
struct BenchGround: Sendable {
    let store: Store
    let place: BenchPlace

    /// A worker of the benchmark's queue.
    func worker(
        _ name: String, _ performer: any Performing, _ change: (inout WorkerSettings) -> Void = { _ in }
    ) -> WorkerService {
        let profile = WorkerProfile(
            name: BenchPlace.workerName, instance: Working.instance(of: "\(place.queue)/\(name)"), host: HostName.own,
            queues: [place.queue], clients: nil, slots: 8, reserve: 6)
        var settings = WorkerSettings(profile: profile)
        change(&settings)
        let root = StateDirectory.own
        let environment = ActionEnvironment(workRoot: root + "/work", outbox: root + "/outbox")
        let logger = Logger(label: "bench") { label in
            LineLogHandler(label: label, level: .error, format: .text, now: WallClock.now)
        }
        return Working.service(
            pool: store.pool, settings: settings, environment: environment, logger: logger, performer: performer)
    }
}

extension DatabaseOptions {
    /// A place for a benchmark, for as long as `body` runs; removed afterwards, also where it is interrupted.
    func withBench<T: Sendable>(
        connections: Int, _ body: @Sendable @escaping (BenchGround) async throws -> T
    ) async throws -> T {
        // From here on an interruption is heard, and what is made is removed again.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        // Each worker has a connection for its work, and now and then one to renew by.
        return try await withStore(size: connections + 2) { store in
            try await store.pool.withConnection { holder in
                let place = try await Store.makeBenchPlace(on: holder)
                let result: Result<T, any Error>
                do {
                    let ground = BenchGround(store: store, place: place)
                    result = .success(try await Self.unless(signals) { try await body(ground) })
                } catch {
                    result = .failure(error)
                }
                try await Store.remove(place, on: holder)
                return try result.get()
            }
        }
    }

    private static func unless<T: Sendable>(
        _ signals: UnixSignalsSequence, _ body: @Sendable @escaping () async throws -> T
    ) async throws -> T {
        try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await signal in signals {
                    throw CommandFailure("ended by \(signal)", mend: "what was made has been removed again")
                }
                return nil
            }
            defer { group.cancelAll() }
            while let answer = try await group.next() {
                if let answer { return answer }
            }
            throw CancellationError()
        }
    }
}
