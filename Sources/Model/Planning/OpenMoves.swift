import Recurrence

extension AssignmentState {
    /// The moves of runs whose gates have opened or closed since they were last looked at, by the run's number.
    func openMoves(now: Instant) throws -> [Int64: Move] {
        var moves: [Int64: Move] = [:]
        for run in open {
            guard let placement = try newPlacement(of: run, now: now) else { continue }
            moves[run.id] = Move(run: run, to: placement)
        }
        return moves
    }

    /// Nil where the run stays as it is.
    private func newPlacement(of run: OpenRun, now: Instant) throws -> Placement? {
        switch run.place {
        case .leased:
            return nil
        case .waiting(let repeatAt):
            guard let repeatAt, repeatAt <= now else { return nil }
            return .ready(notBefore: repeatAt, startBy: nil)
        case .ready(let notBefore, let startBy):
            return try newPlacement(ofReady: run, notBefore: notBefore, startBy: startBy, now: now)
        case .held(.unknown, _):
            return nil
        case .held(let hold, let lookAt):
            let placement = try gate(due: run.due, lane: run.lane, now: now)
            if case .held(let newHold, _, let newLookAt) = placement, newHold == hold, newLookAt == lookAt {
                return nil
            }
            return placement
        }
    }

    private func newPlacement(
        ofReady run: OpenRun, notBefore: Instant, startBy: Instant?, now: Instant
    ) throws -> Placement? {
        switch try gate(due: run.due, lane: run.lane, now: now) {
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
