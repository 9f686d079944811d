import Synchronization

/// Runs work that blocks and cannot be stopped on a thread of its own. When the task is cancelled it is no longer
/// waited for, and what comes of it later is dropped.
func abandonable<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws -> Value {
    let handover = Handover<Value>()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            handover.wait(with: continuation)
            if !startThread({ handover.settle(.success(work())) }) { handover.settle(.failure(ThreadRefused())) }
        }
    } onCancel: {
        handover.settle(.failure(CancellationError()))
    }
}

/// Gives the first of several results to whoever waits.
private final class Handover<Value: Sendable>: Sendable {
    private struct State: Sendable {
        var continuation: CheckedContinuation<Value, any Error>?
        var result: Result<Value, any Error>?
    }

    private let state = Mutex(State())

    func wait(with continuation: CheckedContinuation<Value, any Error>) {
        let early = state.withLock { state in
            if state.result == nil { state.continuation = continuation }
            return state.result
        }
        if let early { continuation.resume(with: early) }
    }

    func settle(_ result: Result<Value, any Error>) {
        let waiting = state.withLock { state in
            guard state.result == nil else { return nil as CheckedContinuation<Value, any Error>? }
            state.result = result
            defer { state.continuation = nil }
            return state.continuation
        }
        waiting?.resume(with: result)
    }
}
