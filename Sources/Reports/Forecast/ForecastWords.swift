import Model
import Recurrence

/// Numbers and spans in the sentences of a forecast.
enum ForecastWords {
    static func count(_ number: Int, _ one: String) -> String { "\(number) \(number == 1 ? one : one + "s")" }

    static func span(_ duration: Duration) -> String { Span(seconds: duration.components.seconds).description }
}

extension RunLimit {
    /// The word for programs.
    var reason: String {
        switch subject {
        case .exclusive: "exclusive"
        case .apart: "apart"
        case .occurrence, .job, .client: "limit"
        }
    }

    /// `10 at once`, as a sentence goes on.
    var inWords: String {
        let number = most.map { "\($0) at once" } ?? "any number at once"
        switch subject {
        case .exclusive(let asset): return "one exclusive job at a time on \(asset)"
        case .apart(let label): return "one at a time with \(label)"
        case .occurrence: return "\(number) of its rollout"
        case .job(let name): return "\(number) of job '\(name)'"
        case .client(let name): return "\(number) for client '\(name)'"
        }
    }

    /// What would give it more room, as a sentence goes on.
    var remedy: String {
        switch subject {
        case .exclusive: "move one of the jobs to another time"
        case .apart: "keep fewer apart"
        case .occurrence: "raise the rollout's 'atOnce'"
        case .job: "raise the job's 'atOnce'"
        case .client: "raise the client's 'atOnce'"
        }
    }
}

extension ForecastProblem {
    static func trouble(_ trouble: WorldTrouble) -> ForecastProblem {
        ForecastProblem(.trouble, client: trouble.client, job: trouble.job, reason: "planning", text: trouble.text)
    }
}
