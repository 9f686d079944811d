import Model
import Recurrence

/// What keeps runs from starting until somebody does something, and what that is.
enum HeldSentence {
    /// `stopAfter is 1; let it go on with 'rota rollout resume patch', or …`, as a sentence goes on.
    static func remedy(_ reason: String, _ job: Job) -> String {
        switch reason {
        case Hold.approval.rawValue:
            "'rota rollout resume \(job.name)' lets it go on, 'rota rollout abort \(job.name)' ends it"
        case Hold.unknown.rawValue: "'rota retry' has it done again, 'rota cancel' ends it"
        case Hold.paused.rawValue: "see 'rota get pauses', and end it with 'rota resume'"
        default: "mend it, and let the job that found it look again"
        }
    }
}

extension Hold {
    /// Whether no time that passes ends it.
    var isAPersons: Bool {
        switch self {
        case .approval, .unknown, .paused: true
        case .planning, .due, .window, .frozen, .ring, .overlap, .requires: false
        }
    }
}

extension RequirementFacts.OpenFinding {
    /// As a sentence begins.
    var inWords: String { "\(job) has found something \(severity.rawValue) since \(since.toSecond): \(text)" }
}
