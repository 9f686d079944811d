/// Makes each value once, however many ask for it at the same time; they all get it, or the error.
public actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    private enum State {
        case making([CheckedContinuation<Value, any Error>])
        case made(Result<Value, any Error>)
    }

    private var states: [Key: State] = [:]

    public init() {}

    public func value(for key: Key, make: @Sendable () async throws -> Value) async throws -> Value {
        switch states[key] {
        case .made(let result):
            return try result.get()
        case .making:
            return try await withCheckedThrowingContinuation { join(key, $0) }
        case nil:
            states[key] = .making([])
            let result: Result<Value, any Error>
            do { result = .success(try await make()) } catch { result = .failure(error) }
            finish(key, result)
            return try result.get()
        }
    }

    private func join(_ key: Key, _ continuation: CheckedContinuation<Value, any Error>) {
        guard case .making(let others) = states[key] else {
            preconditionFailure("nothing suspends between the look and the joining")
        }
        states[key] = .making(others + [continuation])
    }

    private func finish(_ key: Key, _ result: Result<Value, any Error>) {
        if case .making(let others) = states[key] {
            for other in others { other.resume(with: result) }
        }
        states[key] = .made(result)
    }
}
