import Synchronization

/// A clock that a test moves by hand, and that tells when somebody sleeps by it.
final class HandClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Int: CheckedContinuation<Void, Never>] = [:]
        var last = 0

        func hasSleeper(forAtMost limit: Duration) -> Bool {
            sleepers.values.contains { now.duration(to: $0.deadline) <= limit }
        }
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = nextNumber()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { begin(number, deadline, $0) }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func begin(_ number: Int, _ deadline: Instant, _ continuation: CheckedContinuation<Void, any Error>) {
        let (isOver, watchers) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
            if deadline <= state.now || Task.isCancelled { return (true, []) }
            state.sleepers[number] = Sleeper(deadline: deadline, continuation: continuation)
            defer { state.watchers = [:] }
            return (false, Array(state.watchers.values))
        }
        if isOver {
            continuation.resume(with: Task.isCancelled ? .failure(CancellationError()) : .success(()))
        }
        for watcher in watchers { watcher.resume() }
    }

    /// Returns once somebody sleeps by this clock, and for no longer than the limit, or the task is cancelled.
    func waitForSleeper(forAtMost limit: Duration = .seconds(Int64.max / 4)) async {
        while !Task.isCancelled, !state.withLock({ $0.hasSleeper(forAtMost: limit) }) {
            await waitForNextSleeper(unless: limit)
        }
    }

    private func waitForNextSleeper(unless limit: Duration) async {
        let number = nextNumber()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isOver = state.hasSleeper(forAtMost: limit) || Task.isCancelled
                    if !isOver { state.watchers[number] = continuation }
                    return isOver
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let watcher = state.withLock { $0.watchers.removeValue(forKey: number) }
            watcher?.resume()
        }
    }

    private func nextNumber() -> Int {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    /// Moves the time on, and wakes those whose time it is.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }
}
