import Model
import Recurrence
import Store

extension ListedRollout {
    /// One word for how far it has come.
    public var state: String {
        guard hasBegun || isOver else { return "ahead" }
        return switch position {
        case .planning: "planning"
        case .going: "going"
        case .soaking: "soaking"
        case .stopped: "stopped"
        case .aborted: "aborted"
        case .finished: "finished"
        }
    }

    /// A sentence without a full stop about it.
    public var why: String {
        guard hasBegun || isOver else { return "it begins when it is due" }
        return switch position {
        case .planning(let clients): "the parts of \(clients.joined(separator: ", ")) are not planned yet"
        case .going(let ring): "\(rollout.name(ofRing: ring)) may go"
        case .soaking(let ring, let next, let until):
            "\(rollout.name(ofRing: ring)) soaks; \(rollout.name(ofRing: next)) may begin at \(until.toSecond)"
        case .stopped(let why), .aborted(let why): why
        case .finished: isOpen ? "the last ring may go" : "nothing of it is left"
        }
    }

    private var isOver: Bool {
        switch position {
        case .aborted, .finished: true
        case .planning, .going, .soaking, .stopped: false
        }
    }

    public var json: JSONValue {
        var nextRingAt: Instant?
        if case .soaking(_, _, let until) = position { nextRingAt = until }
        return [
            "job": .text(job), "client": JSONValue(client), "due": JSONValue(due), "state": .text(state),
            "hasBegun": .bool(hasBegun),
            "why": .text(why), "stoppedAt": JSONValue(stoppedAt), "nextRingAt": JSONValue(nextRingAt),
            "rings": .array(tally.rings.keys.sorted().map(ring)),
        ]
    }

    private func ring(_ place: Int) -> JSONValue {
        let ring = tally.rings[place] ?? RolloutTally.Ring()
        return [
            "ring": JSONValue(place), "name": .text(rollout.name(ofRing: place)), "planned": JSONValue(ring.planned),
            "open": JSONValue(ring.open), "succeeded": JSONValue(ring.succeeded), "failed": JSONValue(ring.failed),
            "soakSeconds": JSONValue(seconds: rollout.soak(ofRing: place)),
            "lastFinished": JSONValue(ring.lastFinished),
        ]
    }
}

extension JSONValue {
    /// `{"total": 120, "rollouts": […]}`: how many there are in all, and those that are shown.
    public init(rollouts list: RolloutList) {
        self = ["total": JSONValue(list.total), "rollouts": .array(list.rollouts.map(\.json))]
    }
}
