import Model
import Postgres

/// What happened to rollouts, by their scopes.
struct RolloutDecisions: Sendable {
    private struct Event: Sendable {
        var event: String
        var actor: String
        var why: String
        var forgiven: Int32
        var passed: [Int16]
    }

    private var events: [String: [Event]] = [:]

    /// Rows of scope, event, actor, why, forgiven and passed, in their order.
    init(_ rows: Rows) throws {
        for row in rows {
            let event = try Event(
                event: row.get(1), actor: row.get(2), why: row.get(3), forgiven: row.get(4), passed: row.get(5))
            events[try row.get(0), default: []].append(event)
        }
    }

    func apply(to tally: inout RolloutTally, scope: String) {
        for event in events[scope] ?? [] {
            switch event.event {
            case "stopped": tally.stopped = event.why
            case "resumed":
                tally.stopped = nil
                tally.forgiven = Int(event.forgiven)
                tally.passed = Set(event.passed.map(Int.init))
            default: tally.aborted = "its rollout was aborted by \(event.actor): \(event.why)"
            }
        }
    }
}
