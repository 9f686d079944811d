import Model
import Recurrence

/// What will start when and where, and what stands in its way.
public struct Forecast: Sendable {
    /// A run that starts.
    public struct Start: Sendable, Hashable {
        /// The place of its job and client in ``Forecast/assignments``.
        public var assignment: Int32
        /// The asset's number; nil is the client as a whole.
        public var target: Int64?
        public var due: Instant
        public var startsAt: Instant
        public var endsAt: Instant
        /// The ring of its rollout, counted from 0.
        public var ring: Int
    }

    /// A job for a client, with what is told of it.
    public struct Assignment: Sendable, Hashable {
        public var job: String
        public var client: String
        public var queue: String
        /// Nil is at any time.
        public var window: String?
    }

    public var from: Instant
    public var until: Instant
    public var assignments: [Assignment]
    /// The names of assets by their numbers.
    public var assets: [Int64: String]
    /// Sorted by `startsAt`, then by client, job and asset.
    public var starts: [Start]
    /// Sorted by moment.
    public var problems: [ForecastProblem]
    public var load: ForecastLoad

    /// Problems more, each at its moment.
    mutating func add(_ more: [ForecastProblem]) {
        problems = (problems + more).enumerated().sorted { left, right in
            (left.element.due ?? from, left.offset) < (right.element.due ?? from, right.offset)
        }.map(\.element)
    }

    public func client(of start: Start) -> String { assignments[Int(start.assignment)].client }
    public func job(of start: Start) -> String { assignments[Int(start.assignment)].job }
    public func asset(of start: Start) -> String? { start.target.flatMap { assets[$0] } }
}
