import Model
import Postgres
import Recurrence

// What is kept in each place, one array a column, as `unnest` takes them.

struct HeldColumns: Sendable {
    private var holds: [Hold] = []
    private var whys: [String] = []
    private var lookAts: [Instant?] = []

    mutating func add(_ hold: Hold, why: String, lookAt: Instant?) {
        holds.append(hold)
        whys.append(why)
        lookAts.append(lookAt)
    }

    var parameters: [any PostgresValue] { [holds, whys, lookAts] }
}

struct ReadyColumns: Sendable {
    private var notBefores: [Instant] = []
    private var startBys: [Instant?] = []

    mutating func add(notBefore: Instant, startBy: Instant?) {
        notBefores.append(notBefore)
        startBys.append(startBy)
    }

    var parameters: [any PostgresValue] { [notBefores, startBys] }
}

struct WaitingColumns: Sendable {
    private var assignees: [String] = []
    private var checklists: [[String]] = []

    mutating func add(assignee: String, checklist: [String]) {
        assignees.append(assignee)
        checklists.append(checklist)
    }

    var parameters: [any PostgresValue] {
        get throws { [assignees, try checklists.map { try JSON(encoding: $0).text }] }
    }
}

struct DoneColumns: Sendable {
    private var states: [RunState] = []
    private var reasons: [String] = []

    mutating func add(_ state: RunState, reason: String) {
        states.append(state)
        reasons.append(reason)
    }

    var parameters: [any PostgresValue] { [states, reasons] }
}
