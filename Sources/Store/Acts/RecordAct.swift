import Postgres

/// Who did what, to be kept for ever.
struct Act: Sendable {
    static let record: Statement = "select rota.record_act($1, $2, $3, $4, $5)"

    var actor: String
    var verb: String
    /// `job/patch-servers`, `run/4711`.
    var subject: String
    var reason: String?
    var detail: JSON?

    init(actor: String, verb: String, subject: String, reason: String? = nil, detail: JSON? = nil) {
        self.actor = actor
        self.verb = verb
        self.subject = subject
        self.reason = reason
        self.detail = detail
    }

    /// Recorded in the transaction of what was done, so that there is neither without the other. The last thing in it:
    /// whoever has the end of the log waits for nothing else, so nobody waits for him in a circle.
    func record(on connection: isolated Connection) async throws {
        _ = try await connection.query(Self.record, [actor, verb, subject, reason, detail])
    }
}
