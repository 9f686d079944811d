import Recurrence

/// A run as far as its gates are concerned.
struct Passenger {
    /// Nil where it is not made yet.
    var id: Int64?
    var target: Int64?
    var lane: Lane
    var due: Instant
    /// Nil where rings do not hold it.
    var ring: Int?
    var overridesFreeze = false
    /// Before that it is not tried again.
    var notBefore: Instant?
    /// Whether its place in a rollout may stop it: it is part of an occurrence.
    var isOfOccurrence: Bool { lane == .proactive }
}

extension Passenger {
    init(_ run: OpenRun) {
        self.init(
            id: run.id, target: run.target, lane: run.lane, due: run.due, ring: run.ring,
            overridesFreeze: run.overridesFreeze, notBefore: run.notBefore)
    }
}
