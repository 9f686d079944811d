import Recurrence

/// A person's word that late work on a target need not be done: what was due there up to a moment is settled, as if it had
/// succeeded, while the waiver is in force.
public struct Waiver: Hashable, Sendable {
    public var id: Int64
    public var job: String
    public var client: String
    /// Nil is the client as a whole.
    public var asset: String?
    /// What was due up to here is settled, this moment included.
    public var covers: Instant
    public var reason: String
    /// Who said so.
    public var actor: String
    public var since: Instant
    /// From then on the work is owed again; nil is for good.
    public var until: Instant?
    public var withdrawal: Withdrawal?

    /// Who took it back, and when.
    public struct Withdrawal: Hashable, Sendable {
        public var at: Instant
        public var actor: String

        public init(at: Instant, actor: String) {
            self.at = at
            self.actor = actor
        }
    }

    public init(
        id: Int64, job: String, client: String, asset: String? = nil, covers: Instant, reason: String, actor: String,
        since: Instant, until: Instant? = nil, withdrawal: Withdrawal? = nil
    ) {
        self.id = id
        self.job = job
        self.client = client
        self.asset = asset
        self.covers = covers
        self.reason = reason
        self.actor = actor
        self.since = since
        self.until = until
        self.withdrawal = withdrawal
    }

    /// Whether it settles anything at a moment.
    public func isInForce(at now: Instant) -> Bool {
        withdrawal == nil && until.map { now < $0 } ?? true
    }

    /// `waived until 2026-03-01T00:00:00Z by ann: parts are ordered`, without a full stop.
    public var inWords: String {
        let until = until.map { " until \($0.toSecond)" } ?? ""
        let withdrawn = withdrawal.map { "; withdrawn at \($0.at.toSecond) by \($0.actor)" } ?? ""
        return "waived\(until) by \(actor): \(reason)\(withdrawn)"
    }
}
