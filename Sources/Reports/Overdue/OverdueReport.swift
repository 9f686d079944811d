import Model
import Recurrence

/// What is late, by how much, and why. The oldest first.
public struct OverdueReport: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public var client: String
        public var job: String
        /// Nil is the client as a whole.
        public var asset: String?
        /// Nil where no run was ever made.
        public var run: Int64?
        public var due: Instant
        /// When it became overdue.
        public var late: Instant
        /// Nil where no run was ever made.
        public var state: RunState?
        public var explanation: Explanation

        public init(
            client: String, job: String, asset: String?, run: Int64?, due: Instant, late: Instant, state: RunState?,
            explanation: Explanation
        ) {
            self.client = client
            self.job = job
            self.asset = asset
            self.run = run
            self.due = due
            self.late = late
            self.state = state
            self.explanation = explanation
        }
    }

    /// The database's time for which this holds.
    public var asOf: Instant
    public var rows: [Row]
    /// Of all that is overdue, what the limit left out included.
    public var total: Int
    /// What could not be looked at, and why: a zone that has gone from the system's data, say.
    public var problems: [String]

    public init(asOf: Instant, rows: [Row], total: Int, problems: [String] = []) {
        self.asOf = asOf
        self.rows = rows
        self.total = total
        self.problems = problems
    }

    public var hasMore: Bool { total > rows.count }

    /// The shape that `rota overdue -o json` promises.
    public var json: JSONValue {
        ["asOf": JSONValue(asOf), "overdue": .array(rows.map { $0.json(asOf: asOf) })]
    }
}

extension OverdueReport.Row {
    /// What its state is called where no run was ever made.
    public static let unplanned = "unplanned"

    public func overdueBy(asOf: Instant) -> Duration { asOf - late }

    fileprivate func json(asOf: Instant) -> JSONValue {
        [
            "client": .text(client), "job": .text(job), "asset": JSONValue(asset), "run": JSONValue(run),
            "due": JSONValue(due), "late": JSONValue(late),
            "overdueSeconds": JSONValue(seconds: overdueBy(asOf: asOf)),
            "state": .text(state?.rawValue ?? Self.unplanned), "reason": .text(explanation.reason),
            "why": .text(explanation.why), "nextChance": JSONValue(explanation.nextChance),
        ]
    }
}
