/// Where a connection is cut while the client waits for the end of its COMMIT. The client sees the same in all three.
public enum CommitCut: CaseIterable, Sendable {
    /// The server never heard of it: what was to be committed is not.
    case before
    /// The server has it, and goes on without anybody who listens.
    case during
    /// The server has committed and said so; its answer is dropped.
    case after
}
