import Recurrence

/// A checklist for people.
public struct TaskAction: Codable, Hashable, Sendable {
    /// Whether the task can be completed without a file that shows it.
    public enum Evidence: String, Codable, Sendable { case required, optional }

    /// Puts the client's assets whose fact (a date) is older than so much on the checklist.
    public struct Review: Codable, Hashable, Sendable {
        public var kinds: [String]
        public var fact: String
        public var olderThan: Age

        public init(kinds: [String] = [], fact: String, olderThan: Age) {
            self.kinds = kinds
            self.fact = fact
            self.olderThan = olderThan
        }

        enum CodingKeys: String, CodingKey {
            case kinds = "is"
            case fact, olderThan
        }
    }

    public var assignee: String
    /// What is to be done, one after the other; shown as they are written.
    public var steps: [String]
    public var evidence: Evidence
    public var review: Review?

    public init(assignee: String, steps: [String] = [], evidence: Evidence = .optional, review: Review? = nil) {
        self.assignee = assignee
        self.steps = steps
        self.evidence = evidence
        self.review = review
    }
}
