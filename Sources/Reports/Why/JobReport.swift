import Model
import Recurrence
import Store

/// A job as it stands at each of its clients, with what is open and what that waits for.
public struct JobReport: Sendable, Hashable {
    /// The job at one client.
    public struct AtClient: Sendable, Hashable {
        public var assignment: ListedAssignment
        /// When it is due next; nil where it never is.
        public var nextDue: Instant?
        /// When what is due then may start: in its window, with time enough left in it; nil also where it is paused then.
        public var nextStart: Instant?

        public init(assignment: ListedAssignment, nextDue: Instant?, nextStart: Instant?) {
            self.assignment = assignment
            self.nextDue = nextDue
            self.nextStart = nextStart
        }
    }

    /// An open run, and what it waits for.
    public struct Open: Sendable, Hashable {
        public var row: RunRow
        public var explanation: Explanation

        public init(row: RunRow, explanation: Explanation) {
            self.row = row
            self.explanation = explanation
        }
    }

    /// The database's time for which this holds.
    public var asOf: Instant
    public var job: String
    public var standing: JobStanding
    public var clients: [AtClient]
    public var open: [Open]
    /// Whether there are more open runs than these.
    public var hasMore: Bool
    /// Pauses of a client, an asset or a label that hold some of it; that of the job as a whole is with its standing.
    public var pauses: [Pause]
    /// What people waived of it and is in force.
    public var waivers: [Waiver]
    /// What could not be said, and why.
    public var problems: [String]

    public init(
        asOf: Instant, job: String, standing: JobStanding, clients: [AtClient], open: [Open], hasMore: Bool,
        pauses: [Pause] = [], waivers: [Waiver] = [], problems: [String]
    ) {
        self.asOf = asOf
        self.job = job
        self.standing = standing
        self.clients = clients
        self.open = open
        self.hasMore = hasMore
        self.pauses = pauses
        self.waivers = waivers
        self.problems = problems
    }

    public var json: JSONValue {
        [
            "asOf": JSONValue(asOf), "job": .text(job), "revision": JSONValue(standing.revision),
            "paused": standing.pause.map(\.json) ?? .null, "clients": .array(clients.map(\.json)),
            "open": .array(open.map(\.json)), "pauses": .array(pauses.map(\.json)),
            "waivers": .array(waivers.map { $0.json(asOf: asOf) }),
        ]
    }
}

extension Pause {
    fileprivate var json: JSONValue {
        [
            "by": .text(actor), "reason": .text(reason), "since": JSONValue(since), "until": JSONValue(until),
            "subject": JSONValue(subject),
        ]
    }
}

extension JobReport.AtClient {
    fileprivate var json: JSONValue {
        [
            "client": .text(assignment.client), "nextDue": JSONValue(nextDue), "nextStart": JSONValue(nextStart),
            "plannedThrough": JSONValue(assignment.plannedThrough), "lastSuccess": JSONValue(assignment.lastSuccess),
            "held": JSONValue(assignment.held), "ready": JSONValue(assignment.ready),
            "leased": JSONValue(assignment.leased), "waiting": JSONValue(assignment.waiting),
            "trouble": JSONValue(assignment.trouble),
        ]
    }
}

extension JobReport.Open {
    fileprivate var json: JSONValue {
        [
            "run": JSONValue(row.run), "client": .text(row.client), "asset": JSONValue(row.asset),
            "state": .text(row.state.rawValue), "since": JSONValue(row.standing.since), "due": JSONValue(row.due),
            "reason": .text(explanation.reason), "why": .text(explanation.why),
            "nextChance": JSONValue(explanation.nextChance),
        ]
    }
}
