/// A value that one side will bring and the other waits for, with a deadline and cancellation. Whoever comes first
/// decides: what was accepted surely reaches the waiting side, so nothing is lost on the way.
final class Promise<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case kept(Result<Value, any Error>)
        case over
    }

    private let state = Guarded(State.open)
    private let operation: String

    /// - Parameter operation: what is waited for, for errors.
    init(operation: String) {
        self.operation = operation
    }

    /// Brings the value, or why there is none.
    /// - Returns: false where nobody waits any more; the value is still the bringer's then.
    @discardableResult
    func fulfil(_ outcome: Result<Value, any Error>) -> Bool {
        let (accepted, waiting) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
            switch state {
            case .open:
                state = .kept(outcome)
                return (true, nil)
            case .awaited(let continuation):
                state = .over
                return (true, continuation)
            case .kept, .over:
                return (false, nil)
            }
        }
        waiting?.resume(with: outcome)
        return accepted
    }

    /// Waits for the value. To be called once.
    func value(
        within deadline: Duration, late: PostgresError, clock: any Clock<Duration> = ContinuousClock()
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await clock.sleep(for: deadline)
                self.fulfil(.failure(late))
            }
            defer { group.cancelAll() }
            return try await value()
        }
    }

    private func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { take($0) }
        } onCancel: {
            fulfil(.failure(PostgresError(.cancelled, operation: operation, cause: "cancelled by the caller")))
        }
    }

    private func take(_ continuation: CheckedContinuation<Value, any Error>) {
        let kept = state.withLock { state -> Result<Value, any Error>? in
            if case .kept(let outcome) = state {
                state = .over
                return outcome
            }
            state = .awaited(continuation)
            return nil
        }
        if let kept { continuation.resume(with: kept) }
    }
}
