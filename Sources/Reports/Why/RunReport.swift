import Model
import Recurrence
import Store

/// One run, and what it waits for.
public struct RunReport: Sendable, Hashable {
    /// The database's time for which this holds.
    public var asOf: Instant
    public var detail: RunDetail
    public var explanation: Explanation
    /// What an open run has to pass, and whether anybody is there to take it.
    public var gates: [Gate]
    /// What people waived that covers the run's moment, in force or not, the oldest first.
    public var waivers: [Waiver]

    /// A gate of a run, or the worker that it needs.
    public struct Gate: Sendable, Hashable {
        public var name: String
        public var isOpen: Bool
        public var why: String
        public var opensAt: Instant?

        public init(name: String, isOpen: Bool, why: String, opensAt: Instant? = nil) {
            self.name = name
            self.isOpen = isOpen
            self.why = why
            self.opensAt = opensAt
        }
    }

    public init(
        asOf: Instant, detail: RunDetail, explanation: Explanation, gates: [Gate] = [], waivers: [Waiver] = []
    ) {
        self.asOf = asOf
        self.detail = detail
        self.explanation = explanation
        self.gates = gates
        self.waivers = waivers
    }

    public var row: RunRow { detail.row }

    /// Whether nobody is owed the work any more because of a waiver.
    public var isWaived: Bool { waivers.contains { $0.isInForce(at: asOf) } }

    public var json: JSONValue {
        [
            "asOf": JSONValue(asOf), "run": JSONValue(row.run), "job": .text(row.job),
            "revision": JSONValue(detail.revision), "client": .text(row.client), "asset": JSONValue(row.asset),
            "lane": .text(row.lane.rawValue), "queue": .text(row.queue), "state": .text(row.state.rawValue),
            "since": JSONValue(row.standing.since), "reason": .text(explanation.reason),
            "why": .text(explanation.why), "nextChance": JSONValue(explanation.nextChance),
            "due": JSONValue(row.due), "dueBy": JSONValue(row.dueBy), "localTime": JSONValue(detail.localTime),
            "zone": JSONValue(detail.zone), "madeAt": JSONValue(detail.madeAt), "madeBy": JSONValue(detail.madeBy),
            "retryOf": JSONValue(detail.retryOf), "startedAt": JSONValue(row.startedAt),
            "finishedAt": JSONValue(row.finishedAt), "worker": JSONValue(row.worker),
            "exitCode": JSONValue(row.exitCode), "checklist": .array(detail.checklist.map(JSONValue.text)),
            "evidence": .array(detail.evidence.map(JSONValue.text)),
            "attempts": .array(detail.attempts.map(\.json)), "gates": .array(gates.map(\.json)),
            "waivers": .array(waivers.map { $0.json(asOf: asOf) }),
        ]
    }
}

extension RunReport.Gate {
    fileprivate var json: JSONValue {
        ["gate": .text(name), "open": .bool(isOpen), "why": .text(why), "opensAt": JSONValue(opensAt)]
    }
}

extension AttemptRow {
    var json: JSONValue {
        [
            "number": JSONValue(number), "worker": .text(worker), "leasedAt": JSONValue(leasedAt),
            "endedAt": JSONValue(endedAt), "endedAs": .text(end.rawValue), "exitCode": JSONValue(exitCode),
            "message": JSONValue(message), "outputBytes": JSONValue(outputLength),
        ]
    }
}
