import Recurrence

/// All that is known of a trial when it is over: from outside the database, and from it.
struct Evidence: Sendable {
    /// A worker's word that the database has taken the end of an attempt.
    struct Acknowledged: Sendable {
        var attempt: Int64
        var run: Int64
        var outcome: String
        var verdict: String
    }

    /// By the database's clock: nothing is due before `begin`, everything after `applied`; looked at up to `through`.
    var begin: Instant
    var applied: Instant
    var through: Instant
    var clock: DatabaseClock
    var lastStart: Instant
    var runs: [Reading.Run] = []
    var attempts: [Reading.Attempt] = []
    var work: [WorkLog.Entry] = []
    var acknowledged: [Acknowledged] = []
    /// What workers said about leases that they had lost.
    var refusals: Int = 0
    var calls: [Desk.Call] = []
    /// What a person decided about runs of which nobody knew how they ended.
    var decisions: [Person.Decision] = []
    /// Old tokens that were tried again, and what was accepted.
    var replays = 0
    var accepted: [String] = []
    /// Jobs and clients that `rota overdue` told.
    var overdue: Set<String> = []
    var brokenActs: [Int64] = []
    /// Who did what stands in the log of acts.
    var actors: Set<String> = []
    /// What is kept of each attempt's output.
    var outputs: [Int64: String] = [:]
    /// Outputs whose hash is not that of what the command wrote.
    var brokenOutputs: [String] = []
    /// Commands that were there when everything had ended.
    var survivors: [Int32] = []
    /// When the fault was over, by the machine's clock.
    var faultOver: Instant
    /// Workers that must have begun something after it.
    var mustReturn: Set<String> = []
    /// Nil where not all that was due could be done in time.
    var settled: Bool
}
