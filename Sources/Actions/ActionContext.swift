import Model
import Recurrence

/// One attempt: what is to be done, for whom, and when.
public struct ActionContext: Sendable {
    public var run: Int64
    /// The attempt's id, which is the lease's token.
    public var attempt: Int64
    /// Which attempt of the run it is: 1 for the first.
    public var number: Int
    public var job: String
    public var action: Action
    /// What the fields of the action's templates stand for.
    public var values: TemplateValues
    public var due: Instant
    /// When the attempt was begun, by the clock that judges what is due.
    public var startedAt: Instant
    /// At this moment or later nothing is started any more; the attempt is released.
    public var startBy: BootTime
    /// What must hold before it; only what a worker looks at counts here.
    public var requires: [Requirement]

    public init(
        run: Int64, attempt: Int64, number: Int, job: String, action: Action, values: TemplateValues, due: Instant,
        startedAt: Instant, startBy: BootTime = .distantFuture, requires: [Requirement] = []
    ) {
        self.run = run
        self.attempt = attempt
        self.number = number
        self.job = job
        self.action = action
        self.values = values
        self.due = due
        self.startedAt = startedAt
        self.startBy = startBy
        self.requires = requires
    }

    var client: String { values["client.name"] ?? "" }
    /// Nil where the run is for the client as a whole.
    var asset: String? { values["asset.name"] }
}
