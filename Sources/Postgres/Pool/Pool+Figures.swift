/// What a pool is doing, for metrics.
extension Pool {
    /// Connections that are open, lent or being opened; never more than the size.
    public var connections: Int { state.withLock { $0.slots } }

    /// Connections that nobody uses.
    public var idle: Int { state.withLock { $0.idleCount } }

    /// Callers who stand in line.
    public var waiting: Int { state.withLock { $0.waitingCount } }
}
