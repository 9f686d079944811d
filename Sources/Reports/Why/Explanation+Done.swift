import Model
import Recurrence
import Store

extension Explanation {
    /// What follows a run that is done.
    public indirect enum Future: Hashable, Sendable {
        /// A later run on the same target, and what follows that if it is done too.
        case run(RunRow, then: Future?)
        /// When the work is due again, and when it can then start; `after` is a pause that skips what is due before.
        case due(Instant, start: Instant?, after: Pause? = nil)
        /// What would be due next is skipped, until somebody ends this pause.
        case paused(Pause)
    }

    /// How a run ended.
    struct Ending {
        var state: RunState
        var at: Instant
        var reason: String?
        var actor: String?

        /// When and by whom, without why.
        var briefly: String { "\(state.rawValue) at \(at.toSecond)\(actor.map { " by \($0)" } ?? "")" }

        var words: String { briefly + (reason.map { ": \($0)" } ?? "") }
    }

    /// A run that is done waits for nothing: what follows it may.
    init(done end: Ending, future: Future?, queues: QueueWatch, now: Instant) {
        switch future {
        case .run(let successor, let then):
            let next = Explanation(of: successor, queues: queues, future: then, now: now)
            // A missed run gave way to its successor, which is told already.
            let ended = end.state == .missed ? end.briefly : end.words
            let link = successor.state.isOpen ? "is \(successor.state.rawValue): " : ""
            self.init(
                reason: next.reason, why: "\(ended); run \(successor.run) \(link)\(next.why)",
                nextChance: next.nextChance)
        case .due(let due, let start, let pause):
            let paused = pause.map { "; \($0.inWords)\($0.until.map { ", until \($0.toSecond)" } ?? "")" } ?? ""
            self.init(
                reason: pause == nil ? end.state.rawValue : Hold.paused.rawValue,
                why: "\(end.words)\(paused); due again at \(due.toSecond)", nextChance: start)
        case .paused(let pause):
            self.init(
                reason: Hold.paused.rawValue,
                why: "\(end.words); \(pause.inWords); it is not due again until somebody resumes it")
        case nil:
            self.init(reason: end.state.rawValue, why: end.words)
        }
    }
}
