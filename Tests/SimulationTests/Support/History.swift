import Model
import Recurrence

/// What happened to a set of definitions, told by the names of things, so that two who lived through the same can be compared.
struct History: Sendable {
    struct Attempt: Hashable, Sendable {
        var startedAt: Instant
        /// Nil while it goes on.
        var endedAt: Instant?
        var ended: AttemptEnd?
    }

    struct Run: Hashable, Sendable {
        /// Where it stands, in words.
        var place: String
        /// Why planning put it there; nil where that is not told.
        var reason: String?
        var attempts: [Attempt] = []
    }

    /// Where each open run stood at a moment.
    struct Look: Hashable, Sendable {
        var at: Instant
        var places: [RunKey: String]
    }

    var runs: [RunKey: Run] = [:]
    var looks: [Look] = []
    /// Rollouts that were stopped: which, when and why.
    var stops: [String] = []
    /// Ends that workers told too late.
    var refused = 0
    /// What is wrong at the end: where, who found it, what, how bad it is and since when.
    var findings: [String] = []

    /// What is not the same in another history, the earliest first.
    func differences(from other: History) -> [String] {
        lookDifferences(from: other) + runDifferences(from: other)
            + Self.differences(stops, other.stops, "stopped") + Self.differences(findings, other.findings, "found")
            + (refused == other.refused ? [] : ["\(refused) ends were refused here, and \(other.refused) there"])
    }

    /// Of the first look at which something stood elsewhere.
    private func lookDifferences(from other: History) -> [String] {
        if looks.map(\.at) != other.looks.map(\.at) {
            return ["there were \(looks.count) and \(other.looks.count) looks"]
        }
        guard let (one, two) = zip(looks, other.looks).first(where: { $0 != $1 }) else { return [] }
        return Set(one.places.keys).union(two.places.keys).sorted().compactMap { key in
            let (here, there) = (one.places[key], two.places[key])
            return here == there ? nil : "at \(one.at) \(key): \(here ?? "not open") here, \(there ?? "not open") there"
        }
    }

    private func runDifferences(from other: History) -> [String] {
        let keys = Set(runs.keys).union(other.runs.keys).filter { key in
            guard let one = runs[key], let two = other.runs[key] else { return true }
            return !one.isSame(as: two)
        }
        return keys.sorted().map { key in
            "\(key): \(runs[key]?.description ?? "none") here, \(other.runs[key]?.description ?? "none") there"
        }
    }

    private static func differences(_ here: [String], _ there: [String], _ what: String) -> [String] {
        let (one, two) = (Set(here), Set(there))
        return one.subtracting(two).sorted().map { "\(what) here alone: \($0)" }
            + two.subtracting(one).sorted().map { "\(what) there alone: \($0)" }
    }

    /// Words without the numbers of runs, which are not the same everywhere.
    static func withoutNumbers(_ text: String) -> String {
        text.replacing(/\brun \d+/, with: "run #")
    }
}

extension History.Run: CustomStringConvertible {
    func isSame(as other: Self) -> Bool {
        place == other.place && attempts == other.attempts
            && (reason == nil || other.reason == nil || reason == other.reason)
    }

    var description: String {
        let tries = attempts.map { "\($0.startedAt)...\($0.endedAt?.description ?? "") \($0.ended?.rawValue ?? "")" }
        return "\(place)\(reason.map { " (\($0))" } ?? "") [\(tries.joined(separator: "; "))]"
    }
}

/// Where a run stands, in the same words for all who look.
enum PlaceWords {
    static func held(_ hold: Hold, lookAt: Instant?) -> String { "held \(hold.rawValue) until \(words(lookAt))" }

    static func ready(notBefore: Instant, startBy: Instant?) -> String {
        "ready from \(notBefore) until \(words(startBy))"
    }

    static func done(_ state: RunState, at: Instant) -> String { "\(state.rawValue) at \(at)" }

    static let leased = "leased"
    static let waiting = "waiting"

    private static func words(_ moment: Instant?) -> String { moment?.description ?? "-" }
}
