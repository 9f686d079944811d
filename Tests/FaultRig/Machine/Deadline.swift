import Store

/// What did not come about in time.
public struct DeadlinePassed: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// Runs `body`, which waits on events; fails where they do not come.
///
/// - Parameters:
///   - what: what is waited for, as the end of "was waited for in vain".
///   - witness: what is told besides: logs, states.
public func within<T: Sendable>(
    _ limit: Duration, _ what: String, witness: @escaping @Sendable () async -> String = { "" },
    _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            // A bell that nobody rings.
            await Bell().wait(upTo: limit, clock: ContinuousClock())
            return nil
        }
        defer { group.cancelAll() }
        if let first = try await group.next(), let value = first { return value }
        throw DeadlinePassed("\(what) was waited for in vain for \(limit)\n\(await witness())")
    }
}
