import Recurrence

/// What became of a fault.
struct Strike: Sendable {
    /// Things that happened, each of which shows that the fault landed.
    var landed: [String: Int]
    /// When it was over, by the machine's clock.
    var over: Instant
    /// Workers that were cut off and must do something again.
    var mustReturn: Set<String> = []
    /// Such things as are known only when all has ended.
    var shows: @Sendable (Evidence) -> [String: Int] = { _ in [:] }
}
