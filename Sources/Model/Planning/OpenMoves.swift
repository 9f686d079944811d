import Recurrence

extension Gates {
    /// The moves of runs whose gates have opened or closed since they were last looked at, by the run's number.
    mutating func openMoves() throws -> [Int64: Move] {
        var moves: [Int64: Move] = [:]
        for run in state.open {
            guard let placement = try newPlacement(of: run) else { continue }
            moves[run.id] = Move(run: run, to: placement)
        }
        return moves
    }

    /// Nil where the run stays as it is.
    private mutating func newPlacement(of run: OpenRun) throws -> Placement? {
        switch run.place {
        case .leased:
            return nil
        case .waiting(let repeatAt):
            guard let repeatAt, repeatAt <= now else { return nil }
            return .ready(notBefore: repeatAt, startBy: nil)
        case .ready(let notBefore, let startBy):
            return try newPlacement(ofReady: run, notBefore: notBefore, startBy: startBy)
        case .held(.unknown, _):
            return nil
        case .held(let hold, let lookAt):
            let placement = try placement(of: Passenger(run))
            if case .held(let newHold, _, let newLookAt) = placement, newHold == hold, newLookAt == lookAt {
                return nil
            }
            return placement
        }
    }

    private mutating func newPlacement(
        ofReady run: OpenRun, notBefore: Instant, startBy: Instant?
    ) throws -> Placement? {
        if state.job.whenOffline == .skip, !state.hasWorker, run.lane == .proactive, let startBy, startBy <= now {
            return .done(.skipped, reason: "no worker was there for queue \(state.job.queue) until the last start")
        }
        switch try placement(of: Passenger(run)) {
        case .ready(_, let newStartBy) where newStartBy == startBy:
            return nil
        case .ready(_, let newStartBy):
            // A wait before a further attempt is kept.
            return .ready(notBefore: notBefore, startBy: newStartBy)
        case let placement:
            return placement
        }
    }
}

extension Passenger {
    init(_ run: OpenRun) {
        self.init(
            id: run.id, target: run.target, lane: run.lane, due: run.due, ring: run.ring,
            overridesFreeze: run.overridesFreeze)
    }
}
