import Model
import Recurrence

// One array a column, as `unnest` takes them: each takes those placements that are its own.

struct HeldColumns: Sendable {
    var runs: [Int64] = []
    var dues: [Instant] = []
    var holds: [Hold] = []
    var whys: [String] = []
    var lookAts: [Instant?] = []

    mutating func add(_ run: Int64, due: Instant, _ placement: Placement) {
        guard case .held(let hold, let why, let lookAt) = placement else { return }
        runs.append(run)
        dues.append(due)
        holds.append(hold)
        whys.append(why)
        lookAts.append(lookAt)
    }
}

struct ReadyColumns: Sendable {
    var runs: [Int64] = []
    var dues: [Instant] = []
    var notBefores: [Instant] = []
    var startBys: [Instant?] = []

    mutating func add(_ run: Int64, due: Instant, _ placement: Placement) {
        guard case .ready(let notBefore, let startBy) = placement else { return }
        runs.append(run)
        dues.append(due)
        notBefores.append(notBefore)
        startBys.append(startBy)
    }
}

struct WaitingColumns: Sendable {
    var runs: [Int64] = []
    var dues: [Instant] = []
    var assignees: [String] = []
    var checklists: [[String]] = []

    mutating func add(_ run: Int64, due: Instant, _ placement: Placement) {
        guard case .waiting(let assignee, let checklist) = placement else { return }
        runs.append(run)
        dues.append(due)
        assignees.append(assignee)
        checklists.append(checklist)
    }
}

struct DoneColumns: Sendable {
    var runs: [Int64] = []
    var dues: [Instant] = []
    var states: [RunState] = []
    var reasons: [String] = []

    mutating func add(_ run: Int64, due: Instant, _ placement: Placement) {
        guard case .done(let state, let reason) = placement else { return }
        runs.append(run)
        dues.append(due)
        states.append(state)
        reasons.append(reason)
    }
}
