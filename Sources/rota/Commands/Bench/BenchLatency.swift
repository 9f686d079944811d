import Actions
import Model
import Store
import Synchronization

/// Enqueues one run after the other on an idle queue, and takes the time until each starts.
struct BenchLatency: Sendable {
    let runs: Int64
    let every: Duration

    /// So many come first: connections are made and statements prepared once in a worker's life.
    private static let warmUp: Int64 = 10

    func run(on ground: BenchGround) async throws -> LatencyFigures {
        let all = runs + Self.warmUp
        let times = TimingPerformer(place: ground.place, runs: all)
        let worker = ground.worker("1", times)
        return try await withThrowingTaskGroup { group in
            group.addTask { try await worker.run() }
            try await enqueue(all, on: ground, times)
            await times.done.wait()
            worker.stop()
            try await group.waitForAll()
            return LatencyFigures(Array(times.latencies.dropFirst(Int(Self.warmUp))))
        }
    }

    private func enqueue(_ all: Int64, on ground: BenchGround, _ times: TimingPerformer) async throws {
        let clock = ContinuousClock()
        for number in 0..<all {
            let next = clock.now + every
            try await ground.store.enqueue(number..<number + 1, in: ground.place) { times.enqueued(number) }
            try await clock.sleep(until: next)
        }
    }
}

/// Takes the time at which each run starts, and does nothing.
final class TimingPerformer: Performing {
    private struct State {
        var enqueued: [BootTime]
        var started: [BootTime?]
        var left: Int
    }

    private let place: BenchPlace
    private let state: Mutex<State>
    /// Rung when all have started.
    let done = Bell()

    init(place: BenchPlace, runs: Int64) {
        self.place = place
        let none = BootTime(nanoseconds: 0)
        state = Mutex(
            State(
                enqueued: Array(repeating: none, count: Int(runs)), started: Array(repeating: nil, count: Int(runs)),
                left: Int(runs)))
    }

    func enqueued(_ number: Int64) {
        let now = BootTime.reading()
        state.withLock { $0.enqueued[Int(number)] = now }
    }

    func perform(_ context: ActionContext, in environment: ActionEnvironment, permit: Permit) async -> Outcome {
        let now = BootTime.reading()
        let number = Int(place.number(due: context.due))
        let isLast = state.withLock { state in
            // A run that was handed back starts a second time; its first start is what counts.
            guard state.started.indices.contains(number), state.started[number] == nil else { return false }
            state.started[number] = now
            state.left -= 1
            return state.left == 0
        }
        if isLast { done.ring() }
        return Outcome(.succeeded)
    }

    /// By number; of those that have started.
    var latencies: [Duration] {
        state.withLock { state in
            zip(state.enqueued, state.started).compactMap { enqueued, started in started.map { $0 - enqueued } }
        }
    }
}
