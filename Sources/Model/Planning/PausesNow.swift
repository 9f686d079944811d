import Recurrence

/// The pauses of an assignment as they are at a moment.
struct PausesNow {
    /// Of several that hold a run the one that does for longest stands first: it tells when to look again.
    private let active: [Pause]
    private let ended: [Pause]

    init(_ pauses: [Pause], now: Instant) {
        active = pauses.filter { $0.isActive(at: now) }
            .sorted { one, other in other.until.map { until in one.until.map { $0 > until } ?? true } ?? false }
        ended = pauses.filter { !$0.isActive(at: now) }
    }

    /// The one that stops a target's runs now.
    func holding(_ target: Int64?, _ state: AssignmentState) -> Pause? {
        guard !active.isEmpty else { return nil }
        return active.first { $0.covers(target, state) }
    }

    /// One that has ended, and did so at a moment.
    func held(_ target: Int64?, _ state: AssignmentState, at moment: Instant) -> Pause? {
        ended.first { $0.since <= moment && $0.isActive(at: moment) && $0.covers(target, state) }
    }
}

extension Pause {
    fileprivate func covers(_ target: Int64?, _ state: AssignmentState) -> Bool {
        switch cover {
        case .all: return true
        case .asset(let number): return target == number
        case .label(let key, let value):
            if state.job.labels[key] == value { return true }
            guard let client = state.client else { return false }
            return RunSubject(client: client, asset: target.flatMap { state.assets[$0] }).labels[key] == value
        }
    }
}
