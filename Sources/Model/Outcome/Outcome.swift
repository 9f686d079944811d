/// What came of an attempt.
public struct Outcome: Hashable, Sendable {
    public var ended: AttemptEnd
    /// Of the command, where it ended by itself and no signal ended it.
    public var exitCode: Int?
    /// What went wrong, or is worth knowing, in words; nil where there is nothing to say.
    public var message: String?
    /// What the command reported, as JSON text that PostgreSQL's `jsonb` takes; at most 64 KiB.
    public var result: String?
    /// What it found. An empty list says that nothing is wrong; nil, that it did not say.
    public var findings: [Finding]?
    /// Nil where no command was started.
    public var output: CapturedOutput?
    /// Whether a message reached where it was sent.
    public var delivered: Bool
    /// Whether it was released because something that the job requires does not hold: it is looked at again later.
    public var isPutOff: Bool

    public init(
        _ ended: AttemptEnd, exitCode: Int? = nil, message: String? = nil, result: String? = nil,
        findings: [Finding]? = nil, output: CapturedOutput? = nil, delivered: Bool = false, isPutOff: Bool = false
    ) {
        self.ended = ended
        self.exitCode = exitCode
        self.message = message
        self.result = result
        self.findings = findings
        self.output = output
        self.delivered = delivered
        self.isPutOff = isPutOff
    }
}
