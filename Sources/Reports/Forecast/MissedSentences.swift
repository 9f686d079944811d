import Model
import Recurrence

/// Why runs are not done, and how to mend that. Each sentence is made once, however many runs it is for.
struct MissedSentences {
    private struct Key: Hashable {
        var job: String
        var reason: String
        var why: String
    }

    private var known: [Key: String] = [:]

    /// Reasons whose sentences tell what planning says.
    private static let told: Set<String> = [
        "paused", "scheduler", "approval", "unknown", ForecastProblem.finding,
    ]

    /// - Parameter before: what kept the ring before, of a run that waited for its ring.
    mutating func text(_ gone: GoneRun, after before: GoneRun?, of job: Job, lasting: Duration?) -> String {
        guard let before else { return text(gone.reason, gone.why, of: job, lasting: lasting) }
        return "a ring of its rollout that goes before it could not be done: "
            + text(before.reason, before.why, of: job, lasting: lasting)
    }

    private mutating func text(_ reason: String, _ why: String, of job: Job, lasting: Duration?) -> String {
        // What planning says names runs and moments; where a sentence of this file says it, that is not needed.
        let key = Key(job: job.name, reason: reason, why: Self.told.contains(reason) ? why : "")
        if let known = known[key] { return known }
        let text = Self.sentence(reason, why, of: job, lasting: lasting ?? .zero)
        known[key] = text
        return text
    }

    private static func sentence(_ reason: String, _ why: String, of job: Job, lasting: Duration) -> String {
        let window = job.window.map { "window '\($0)'" } ?? "its window"
        switch reason {
        case "window":
            return
                "\(window) does not open before the next is due; let it open more often, or the job be due less often"
        case "frozen":
            return "\(window) is closed by a day or a freeze until the next is due; move the schedule out of it, "
                + "or take its calendar out of the window's 'except'"
        case "overlap":
            return "the last run on this target is still going, taken to last \(ForecastWords.span(lasting)); "
                + "let the job be due less often, or say otherwise with 'overlap'"
        case "limit", "apart", "exclusive":
            return "there is no room for it before the next is due (\(reason)); let more run at once, "
                + "lengthen \(window), or let the job be due less often"
        case "ring":
            return
                "its rollout has not come to its ring before the next is due; shorten the soaks of the rings before, "
                + "lengthen \(window), or let the job be due less often"
        case "approval", "unknown", ForecastProblem.finding:
            return "\(why), and that was so when the next was due; \(HeldSentence.remedy(reason, job))"
        case "requires":
            return
                "what it requires does not hold before the next is due; let the job that it requires be due before it"
        case "retry":
            return "a worker put it off, and the next is due before it is tried again; let the job be due less often"
        case "replaced": return "it is ended for the one that is due after it; let the job be due less often"
        case "closed": return "\(window) ends it when it closes; lengthen the window"
        case "paused": return "\(why); \(HeldSentence.remedy(reason, job))"
        default: return why
        }
    }
}
