import Model
import Recurrence

/// Something that is done to what is scheduled, from outside: the same for a world in memory and for a database.
enum Deed: Sendable {
    case killSchedulers, reviveSchedulers
    case stopWorkers, startWorkers
    /// The workers of a queue have ended, and nobody sees them any more; or some are there again.
    case endWorkers(of: String)
    case returnWorkers(of: String)
    /// So many runs of each queue are at work at once; nil is as many as there are.
    case slots([String: Int?])
    case pause(PauseSubject, until: Instant?)
    case resume(PauseSubject)
    case cancel(RunKey)
    /// All definitions, as they are from now on.
    case apply(Catalogue)
    case resumeRollouts(job: String, client: String?)
    case abortRollouts(job: String, client: String?)
    /// Those who do the work are others.
    case labour(RandomLabour)
    /// Where every open run stands is noted down.
    case look
}

/// Which run, whatever its number.
struct RunKey: Hashable, Sendable {
    var job: String
    var client: String
    /// Nil is the client as a whole.
    var asset: String?
    var due: Instant
}

extension RunKey: Comparable, CustomStringConvertible {
    static func < (left: RunKey, right: RunKey) -> Bool {
        (left.due, left.job, left.client, left.asset ?? "") < (right.due, right.job, right.client, right.asset ?? "")
    }

    var description: String { "\(job) \(client) \(asset ?? "-") due \(due)" }
}

extension RunKey {
    struct Assignment: Hashable, Sendable {
        var job: String
        var client: String
    }

    var assignment: Assignment { Assignment(job: job, client: client) }
}
