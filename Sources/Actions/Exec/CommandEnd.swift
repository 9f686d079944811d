/// What came of a command, before any judgement. `left` processes that it started would not die.
enum CommandEnd: Hashable, Sendable {
    /// Why a command was ended by its guard.
    enum Reason: Hashable, Sendable {
        case timeout, permit, ordered
    }

    case exited(Int, left: Int)
    case signalled(CInt, left: Int)
    case ended(Reason, left: Int)
    /// Its last start had passed, or its permit was over.
    case tooLate
    /// Cancelled before it was started.
    case neverStarted
    case notStarted(String)
    /// The guard ended before its command, so that nobody knows what became of all that the command started.
    case unguarded
}
