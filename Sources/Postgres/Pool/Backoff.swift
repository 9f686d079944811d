/// How long to wait before trying again: longer each time up to a limit, and by chance, so that all who lost the same
/// server do not come back in the same moment.
public struct Backoff: Sendable {
    private let first: Duration
    private let limit: Duration
    private var step: Duration

    /// - Parameters:
    ///   - first: the longest first wait.
    ///   - limit: what no wait exceeds.
    public init(first: Duration = .milliseconds(50), limit: Duration = .seconds(1)) {
        self.first = first
        self.limit = limit
        self.step = first
    }

    /// The next wait: between half the present step and all of it. The step then doubles.
    public mutating func next() -> Duration {
        var chance = SystemRandomNumberGenerator()
        return next(using: &chance)
    }

    public mutating func next(using chance: inout some RandomNumberGenerator) -> Duration {
        defer { step = min(step * 2, limit) }
        return step * Double.random(in: 0.5...1, using: &chance)
    }

    /// Starts anew, after a success.
    public mutating func reset() {
        step = first
    }
}
