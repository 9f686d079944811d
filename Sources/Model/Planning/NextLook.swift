import Recurrence

extension AssignmentState {
    /// Whether what is going is ended when the window closes.
    var stopsAtClose: Bool { windowStops && window != nil }

    /// When to look again; nil is never, unless something changes.
    func wakeAt(
        _ next: Instant?, _ occurrences: [PlannedOccurrence], _ moves: [Move], now: Instant
    ) throws -> Instant? {
        var earliest = next
        func consider(_ moment: Instant?) {
            if let moment { earliest = min(earliest ?? moment, moment) }
        }
        let moved = Dictionary(uniqueKeysWithValues: moves.map { ($0.run.id, $0.to) })
        for run in open where moved[run.id] == nil {
            switch run.place {
            case .held(_, let lookAt): consider(lookAt)
            case .ready(_, let startBy): consider(startBy)
            case .waiting(let repeatAt): consider(repeatAt)
            case .leased: break
            }
        }
        for placement in moved.values { consider(placement.lookAgain) }
        for occurrence in occurrences {
            for run in occurrence.runs { consider(run.placement.lookAgain) }
        }
        if stopsAtClose, !open.isEmpty || !occurrences.isEmpty, let opening = opening(after: now), opening.opens <= now
        {
            consider(opening.closes)
        }
        return earliest
    }
}

extension Placement {
    fileprivate var lookAgain: Instant? {
        switch self {
        case .held(_, _, let lookAt): lookAt
        case .ready(_, let startBy): startBy
        case .waiting, .done: nil
        }
    }
}
