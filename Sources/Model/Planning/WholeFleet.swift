import Recurrence

/// What decides about each target of an assignment and is a matter of all of them: a state that has a part of the targets
/// is given it, so that shares are of the set as a whole.
public struct WholeFleet: Hashable, Sendable {
    public var targets: Int
    /// How many targets are in each ring, by its place from 0; empty where the job's rollout is not watched.
    public var rings: [Int: Int]

    public init(targets: Int, rings: [Int: Int] = [:]) {
        self.targets = targets
        self.rings = rings
    }
}

extension AssignmentState {
    /// How many targets there are, those that the state does not have included.
    var targetCount: Int { whole?.targets ?? targets.count }
}

extension Plan {
    /// Takes in the plan of further targets of the same assignment at the same moment. Where each target is in one part, with all
    /// of its open runs, all parts together come to what the whole would have.
    public mutating func join(_ part: Plan) {
        if occurrences.isEmpty {
            occurrences = part.occurrences
        } else {
            for index in part.occurrences.indices { occurrences[index].runs += part.occurrences[index].runs }
        }
        moves = (moves + part.moves).sorted { $0.run.id < $1.run.id }
        wakeAt = [wakeAt, part.wakeAt].compactMap { $0 }.min()
        let known = Set(halts)
        halts = (halts + part.halts.filter { !known.contains($0) }).sorted { $0.due < $1.due }
        ends = (ends + part.ends).sorted { $0.run.id < $1.run.id }
        pause = pause ?? part.pause
    }
}
