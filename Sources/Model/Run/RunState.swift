/// Where a run stands: one of the five places, of which `done` is told by how it ended.
public enum RunState: String, Codable, Hashable, CaseIterable, Sendable {
    /// A gate is closed; `hold` says which.
    case held
    /// A worker may take it.
    case ready
    /// A worker has it.
    case leased
    /// For a person: to complete a task, or to acknowledge a reminder.
    case waiting
    case succeeded
    case failed
    /// It was not done before its successor was due.
    case missed
    case cancelled
    /// It was due while the last run on its target was still going, or while its job was paused.
    case skipped

    public var isOpen: Bool {
        switch self {
        case .held, .ready, .leased, .waiting: true
        case .succeeded, .failed, .missed, .cancelled, .skipped: false
        }
    }
}
