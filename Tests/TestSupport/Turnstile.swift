/// Lets a number of callers in at once; the others wait in line.
public actor Turnstile {
    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    public init(_ places: Int) {
        free = places
    }

    public func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { line.append($0) }
        }
    }

    public func leave() {
        if line.isEmpty {
            free += 1
        } else {
            line.removeFirst().resume()
        }
    }

    /// Runs `body` when there is a place, and makes it free again.
    public nonisolated func pass<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        await enter()
        do {
            let value = try await body()
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }
}
