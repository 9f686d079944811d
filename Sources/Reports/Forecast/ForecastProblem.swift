import Recurrence

/// Something that will not go as it is meant to, and how to mend it.
public struct ForecastProblem: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A run that will not be done: it was not started before the next one was due, or is skipped.
        case missed
        /// Runs that do not start before somebody does something: lets a stopped rollout go on, mends what was found.
        case held
        /// It starts only when it is overdue already.
        case late
        /// It fits no opening of its window, or its window opens no more.
        case noWindow
        /// Its window closes before all runs of the occurrence have started.
        case tooShort
        /// As a rule it does not, but it would if every run were as slow as the slowest tenth of those before.
        case tight
        /// Two runs at once on one asset, or on two that are to be kept apart, and nothing keeps them so.
        case collision
        /// A closed day or a freeze takes the opening in which it would have started.
        case frozen
        /// A day with much more work than others, or an hour with more than its workers can do.
        case tooFull
        /// It could not be planned at all.
        case trouble
    }

    /// The reason of what does not start because something is wrong on its target.
    static let finding = "finding"

    public var kind: Kind
    /// Nil where it is about no client, job or asset in particular.
    public var client: String?
    public var job: String?
    public var asset: String?
    /// When the work was due; for a collision when it begins, for a day when that begins.
    public var due: Instant?
    /// A word for programs: `window`, `limit`, `apart`, `exclusive`, `frozen`, `approval`, `overlap`, `asset`, `slots`, ….
    public var reason: String
    /// What is wrong, and how to mend it, in a sentence.
    public var text: String
    /// The other job of a collision; the same as `job` where two runs of one collide.
    public var other: String?
    /// Of a run that waited for its ring: the `reason` for which the ring before could not be done; nil where that went on.
    public var cause: String?
    /// Where `text` holds only of one asset: what holds of all that have it alike.
    var inGeneral: String?

    public init(
        _ kind: Kind, client: String? = nil, job: String? = nil, asset: String? = nil, due: Instant? = nil,
        reason: String, text: String
    ) {
        self.kind = kind
        self.client = client
        self.job = job
        self.asset = asset
        self.due = due
        self.reason = reason
        self.text = text
    }
}
