import Model
import Recurrence

/// Occurrences of which runs found a limit full until their window closed.
struct ShortWindows {
    private struct Occurrence: Hashable {
        var assignment: Int
        var due: Instant
    }

    private struct Short {
        var runs: Set<Int64> = []
        var group: Int
    }

    private var short: [Occurrence: Short] = [:]
    private var order: [Occurrence] = []

    /// - Parameter group: the one that was full, by its place in the world's list.
    mutating func add(_ number: Int64, _ group: Int, in world: World) {
        let run = world.runs[Int(number) - 1]
        let occurrence = Occurrence(assignment: run.assignment, due: run.due)
        if short[occurrence] == nil { order.append(occurrence) }
        short[occurrence, default: Short(group: group)].runs.insert(number)
    }

    /// - Parameters:
    ///   - durations: how long a run of each job was taken to last.
    ///   - isBadNight: whether that is as long as it lasts on a bad night, and not as a rule.
    func problems(_ world: World, _ durations: [String: Duration], isBadNight: Bool = false) -> [ForecastProblem] {
        order.map { occurrence in
            let assignment = world.assignments[occurrence.assignment]
            let short = short[occurrence] ?? Short(group: 0)
            let limit = world.groups[short.group].limit
            let runs = ForecastWords.count(short.runs.count, "run")
            let window = "window '\(assignment.job.window ?? "")'"
            let lasting = ForecastWords.span(durations[assignment.job.name] ?? .zero)
            let what =
                isBadNight
                ? "as a rule all start in time, but were each as slow as one run in ten was (\(lasting)), \(runs) would not "
                    + "start before \(window) closed: \(limit.inWords)"
                : "\(runs) did not start before \(window) closed: \(limit.inWords), each taken to last \(lasting)"
            return ForecastProblem(
                isBadNight ? .tight : .tooShort, client: assignment.client.name, job: assignment.job.name,
                due: occurrence.due, reason: limit.reason, text: "\(what); lengthen the window, or \(limit.remedy)")
        }
    }
}
