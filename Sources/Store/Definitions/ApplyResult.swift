import Model

/// What applying manifests did, or would do.
public struct ApplyResult: Sendable, Hashable {
    /// What became of a definition.
    public enum Change: String, Codable, Sendable {
        case created, changed, unchanged, removed
    }

    /// One definition.
    public struct Object: Sendable, Hashable {
        public var kind: Definition.Kind
        public var name: String
        public var change: Change
        /// A job's revision after the change, or its last one where it was removed; nil for other kinds.
        public var revision: Int?
        /// Nil where it was created.
        public var before: Definition?
        /// Nil where it was removed.
        public var after: Definition?
    }

    /// One job for one client.
    public struct Assignment: Sendable, Hashable {
        /// What became of an assignment.
        public enum Change: String, Codable, Sendable {
            /// The client is new to the job: it counts from now on.
            case made
            /// The client is no longer the job's: what was not started is cancelled.
            case removed
            /// The rule or its zone changed: the new one counts from now on.
            case rescheduled
        }

        public var job: String
        public var client: String
        public var change: Change
    }

    /// Every given definition and every removed one: clients, calendars, windows, assets, jobs, each kind by name.
    public var objects: [Object] = []
    /// By job, then client.
    public var assignments: [Assignment] = []
    /// Runs that were not started and are not wanted any more.
    public var cancelledRuns = 0

    public var isUnchanged: Bool { objects.allSatisfy { $0.change == .unchanged } && assignments.isEmpty }

    /// Of how many definitions this became.
    public func count(_ change: Change) -> Int { objects.count { $0.change == change } }
}
