import Recurrence

/// How the runs of one occurrence follow each other.
public struct Rollout: Codable, Hashable, Sendable {
    /// Targets that go together. What matches no ring goes in a last one of its own.
    public struct Ring: Codable, Hashable, Sendable {
        /// Labels that the asset, or else its client, must have; none is everything that is left.
        public var match: [String: String]
        /// So long after its last run has finished the next ring may begin.
        public var soak: Span?

        public init(match: [String: String], soak: Span? = nil) {
            self.match = match
            self.soak = soak
        }
    }

    /// Over whose targets it goes.
    public enum Across: String, Codable, Hashable, Sendable {
        case client, clients
    }

    /// One after the other; nil is one ring with everything in it.
    public var rings: [Ring]?
    /// So many of them are at work at once; nil is all.
    public var atOnce: Amount?
    /// When more than so many have failed, what has not started is held for a person; nil is never.
    public var stopAfter: Amount?
    /// A label: two assets of a client that share its value are never worked on at once, by whatever job keeps them apart.
    public var apart: String?
    /// Nil is one rollout for each client.
    public var across: Across?

    public init(
        rings: [Ring]? = nil, atOnce: Amount? = nil, stopAfter: Amount? = nil, apart: String? = nil,
        across: Across? = nil
    ) {
        self.rings = rings
        self.atOnce = atOnce
        self.stopAfter = stopAfter
        self.apart = apart
        self.across = across
    }

    /// Whether what becomes of some runs decides whether others may start.
    public var isWatched: Bool { rings != nil || stopAfter != nil }

    /// How many rings there are, the last one for what matches none included.
    public var ringCount: Int { (rings?.count ?? 0) + 1 }

    /// The place of the first ring that matches, from 0; the number of rings written where none does.
    public func ring(of labels: [String: String]) -> Int {
        guard let rings else { return 0 }
        return rings.firstIndex { $0.match.isSubset(of: labels) } ?? rings.count
    }

    /// How long after a ring's last run the next may begin.
    public func soak(ofRing ring: Int) -> Duration {
        guard let rings, rings.indices.contains(ring) else { return .zero }
        return rings[ring].soak?.elapsed ?? .zero
    }

    /// A ring in words: `ring 1 (ring=canary)`.
    public func name(ofRing ring: Int) -> String {
        guard let rings, rings.indices.contains(ring) else { return "ring \(ring + 1) (the rest)" }
        let labels = rings[ring].match.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return "ring \(ring + 1) (\(labels.isEmpty ? "all others" : labels.joined(separator: ", ")))"
    }
}
