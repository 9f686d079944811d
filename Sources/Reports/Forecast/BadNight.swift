import Model
import Recurrence

/// The same question, with every run as slow as the slowest tenth of those before it: of the jobs alone that may not all start
/// before their windows close, and of those on which these depend.
struct BadNight {
    let question: ForecastQuestion

    /// Nil where that makes no difference to any window.
    init?(_ question: ForecastQuestion) {
        let catalogue = question.catalogue
        let isLimited = catalogue.clients.values.contains { $0.atOnce != nil }
        let limited = catalogue.jobs.values.filter { $0.mayHaveLimits || isLimited }
        guard
            limited.contains(where: { $0.window != nil && question.slowDuration(of: $0) > question.duration(of: $0) })
        else { return nil }
        var names = Set(limited.map(\.name))
        var found = limited
        while let job = found.popLast() {
            for name in job.requiredJobs where names.insert(name).inserted {
                if let required = catalogue.jobs[name] { found.append(required) }
            }
        }
        var slow = question
        slow.catalogue.jobs = catalogue.jobs.filter { names.contains($0.key) }
        slow.durations = slow.catalogue.jobs.mapValues { question.slowDuration(of: $0) }
        self.question = slow
    }

    /// Occurrences of which runs do not start before their window closes, and of which all do as a rule.
    ///
    /// - Parameter usual: what stands in the way as a rule.
    func problems(beside usual: [ForecastProblem]) throws -> [ForecastProblem] {
        var stage = ForecastStage(question)
        try stage.settle()
        while try stage.step() {}
        let known = Set(usual.filter { $0.kind == .tooShort }.map(Occurrence.init))
        return stage.tight.filter { !known.contains(Occurrence($0)) && $0.due.map { $0 < question.until } ?? true }
    }

    private struct Occurrence: Hashable {
        var job: String?
        var client: String?
        var due: Instant?

        init(_ problem: ForecastProblem) { (job, client, due) = (problem.job, problem.client, problem.due) }
    }
}
