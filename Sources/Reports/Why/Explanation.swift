import Model
import Recurrence
import Store

/// Why a run stands where it stands, in words that an operator understands.
public struct Explanation: Hashable, Sendable {
    /// One word, to group by: the gate of a held run (`window`), what a ready one lacks (`worker`, `noWorker`,
    /// `retry`), `running`, `task`, `acknowledgement`, the end of one that is done, `scheduler`.
    public var reason: String
    /// A sentence without a full stop.
    public var why: String
    /// When it can next go; nil where nobody knows, or where it goes already.
    public var nextChance: Instant?
    /// Whether it goes of itself at a moment that is not known here: when its window next opens, say.
    var mayGoLater = false
    /// Whether it goes of itself at some moment: no person has to decide, and somebody looks at it.
    var mayGo: Bool { nextChance != nil || mayGoLater }

    public init(reason: String, why: String, nextChance: Instant? = nil) {
        self.reason = reason
        self.why = why
        self.nextChance = nextChance
    }

    /// So long after a held run was to be looked at again nobody has: then there is no scheduler.
    static let schedulerPatience = Duration.seconds(60)

    /// - Parameters:
    ///   - future: what follows, for a run that is done.
    ///   - now: the database's time.
    public init(of row: RunRow, queues: QueueWatch, future: Future? = nil, now: Instant) {
        switch row.standing {
        case .held(let hold, let why, _, let lookAt):
            self.init(held: hold, why: why, lookAt: lookAt, due: row.due, now: now)
            if hold == .window || hold == .frozen, let putOff = row.putOff {
                self.why = "\(putOff.inWords); \(self.why)"
            }
        case .ready(_, let notBefore, let startBy):
            self.init(ready: row, notBefore: notBefore, startBy: startBy, queues: queues, now: now)
        case .leased(let worker, let since, let cancelAsked):
            let asked = cancelAsked ? ", and was asked to end it" : ""
            self.init(reason: "running", why: "worker \(worker) has had it since \(since.toSecond)\(asked)")
        case .waiting(let assignee?, let since, _):
            self.init(reason: "task", why: "waits for \(assignee) since \(since.toSecond)")
        case .waiting(nil, let since, let repeatAt):
            let again = repeatAt.map { ", and is sent again at \($0.toSecond)" } ?? ""
            self.init(
                reason: "acknowledgement", why: "waits since \(since.toSecond) to be acknowledged\(again)")
        case .done(let state, let at, let reason, let actor):
            let end = Ending(state: state, at: at, reason: reason, actor: actor)
            self.init(done: end, future: future, queues: queues, now: now)
        }
    }

    private init(held hold: Hold, why: String, lookAt: Instant?, due: Instant, now: Instant) {
        if hold == .unknown {
            self.init(
                reason: hold.rawValue,
                why: "nobody knows how it ended (\(why)), and it is not done again by itself: a person decides, by "
                    + "rota complete, retry or cancel")
            return
        }
        guard let lookAt, lookAt + Self.schedulerPatience < now else {
            let decides = hold == .approval ? "; a person decides, by rota rollout resume or abort" : ""
            // What was made ahead of its time is judged then, whatever holds it.
            let isJudged = lookAt == due && due > now && hold != .due
            let skipped =
                isJudged && hold == .paused ? "; it is skipped where that is so still at \(due.toSecond)" : ""
            // That it is looked at again is no chance: nobody knows when what it requires will hold.
            self.init(
                reason: hold.rawValue, why: why + decides + skipped,
                nextChance: hold == .requires || isJudged ? nil : lookAt)
            mayGoLater = isJudged && hold != .paused && hold != .approval
            return
        }
        self.init(reason: hold.rawValue, why: "\(why); no scheduler has looked at it since \(lookAt.toSecond)")
    }

}
