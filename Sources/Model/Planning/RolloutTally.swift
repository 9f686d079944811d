import Recurrence

/// What has become of the runs of one occurrence, ring by ring, and what people have decided about it.
public struct RolloutTally: Hashable, Sendable {
    /// Of the runs that were planned; those that were missed, skipped or cancelled are neither open nor a success nor a
    /// failure.
    public struct Ring: Hashable, Sendable {
        public var planned: Int
        public var open: Int
        public var succeeded: Int
        public var failed: Int
        /// When the last of them that is over has ended.
        public var lastFinished: Instant?

        public init(
            planned: Int = 0, open: Int = 0, succeeded: Int = 0, failed: Int = 0, lastFinished: Instant? = nil
        ) {
            self.planned = planned
            self.open = open
            self.succeeded = succeeded
            self.failed = failed
            self.lastFinished = lastFinished
        }
    }

    /// By their place, from 0.
    public var rings: [Int: Ring]
    /// Why it was stopped, where nobody has decided about that yet.
    public var stopped: String?
    /// Failures up to the last time that a person let it go on.
    public var forgiven: Int
    /// Rings without a success that a person let pass.
    public var passed: Set<Int>
    /// By whom it was ended, and why.
    public var aborted: String?
    /// Clients whose part in it is not planned yet, where it goes over several.
    public var unplanned: [String]
    /// When the first of its runs is due; nil where that does not matter to who counted.
    public var firstDue: Instant?

    public init(
        rings: [Int: Ring] = [:], stopped: String? = nil, forgiven: Int = 0, passed: Set<Int> = [],
        aborted: String? = nil, unplanned: [String] = [], firstDue: Instant? = nil
    ) {
        self.rings = rings
        self.stopped = stopped
        self.forgiven = forgiven
        self.passed = passed
        self.aborted = aborted
        self.unplanned = unplanned
        self.firstDue = firstDue
    }

    public var planned: Int { rings.values.reduce(0) { $0 + $1.planned } }
    public var failed: Int { rings.values.reduce(0) { $0 + $1.failed } }

    /// Whether its time has come, for a part of it at least, or it has stopped before that: one that was made ahead may be left
    /// alone until then.
    public func hasBegun(_ position: RolloutPosition, now: Instant) -> Bool {
        if case .stopped = position, rings.values.contains(where: { $0.open > 0 }) { return true }
        return firstDue.map { $0 <= now } ?? false
    }
}

/// How far a rollout has come.
public enum RolloutPosition: Hashable, Sendable {
    /// Not all clients' parts in it are planned.
    case planning(clients: [String])
    /// This ring and those before it may go.
    case going(ring: Int)
    /// All up to this ring is through, and `next` may go from then on.
    case soaking(ring: Int, next: Int, until: Instant)
    case stopped(why: String)
    case aborted(why: String)
    case finished
}

extension Rollout {
    /// How far it has come: the same whoever asks, and however often.
    public func position(_ tally: RolloutTally, now: Instant) -> RolloutPosition {
        if let why = tally.aborted { return .aborted(why: why) }
        if let why = tally.stopped { return .stopped(why: why) }
        if !tally.unplanned.isEmpty { return .planning(clients: tally.unplanned) }
        if let stopAfter {
            let bearable = stopAfter.bearable(of: tally.planned)
            if tally.failed - tally.forgiven > bearable {
                return .stopped(why: Self.tooMany(tally, bearable: bearable, stopAfter))
            }
        }
        return position(ofRings: tally, now: now)
    }

    private func position(ofRings tally: RolloutTally, now: Instant) -> RolloutPosition {
        // A ring that matches nobody has no runs, and is passed over.
        let places = tally.rings.filter { $0.value.planned > 0 }.keys.sorted()
        for (index, place) in places.enumerated() {
            guard let ring = tally.rings[place] else { continue }
            if ring.open > 0 { return .going(ring: place) }
            guard index + 1 < places.count else { break }
            if ring.succeeded == 0, !tally.passed.contains(place) {
                return .stopped(why: "\(name(ofRing: place)) had no success: \(ring.inWords)")
            }
            let until = (ring.lastFinished ?? now) + soak(ofRing: place)
            if until > now { return .soaking(ring: place, next: places[index + 1], until: until) }
        }
        return .finished
    }

    private static func tooMany(_ tally: RolloutTally, bearable: Int, _ limit: Amount) -> String {
        let share = "\(limit)" == "\(bearable)" ? "" : " (\(limit))"
        let since = tally.forgiven > 0 ? ", \(tally.failed - tally.forgiven) since it was resumed" : ""
        return "\(tally.failed) of \(tally.planned) runs failed\(since); stopAfter is \(bearable)\(share)"
    }
}

extension RolloutTally.Ring {
    /// `3 failed, 1 not done`.
    fileprivate var inWords: String {
        let rest = planned - open - succeeded - failed
        return [(failed, "failed"), (rest, "not done")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            .joined(separator: ", ")
    }
}
