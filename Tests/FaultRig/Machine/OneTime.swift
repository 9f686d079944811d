import Synchronization

/// A value that comes about once, and is waited for by any number.
public final class OneTime<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    public init() {}

    public var value: Value? { state.withLock(\.value) }

    public func set(_ value: Value) {
        let waiters = state.withLock { state in
            state.value = value
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    /// Nil where the task was cancelled.
    public func get() async -> Value? {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isKnown, value) = state.withLock { state -> (Bool, Value?) in
                    if state.value != nil || Task.isCancelled { return (true, state.value) }
                    state.waiters[number] = continuation
                    return (false, nil)
                }
                if isKnown { continuation.resume(returning: value) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.resume(returning: nil)
        }
    }
}
