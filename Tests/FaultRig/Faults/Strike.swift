import Recurrence

/// What became of a fault.
struct Strike: Sendable {
    /// Things that happened, each of which shows that the fault landed.
    var landed: [String: Int]
    /// When it was over, by the machine's clock.
    var over: Instant
    /// A fault of which one of these did not happen did not land.
    var isLanded: Bool { !landed.isEmpty && landed.values.allSatisfy { $0 > 0 } }
}
