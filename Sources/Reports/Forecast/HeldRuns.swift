import Model
import Recurrence

/// Runs that have not begun when a forecast ends, and which no time that passes lets begin.
struct HeldRuns {
    private struct Place: Hashable {
        var assignment: Int
        var due: Instant
        var reason: String
        var why: String
    }

    /// Of each, how many there are and the target of the first.
    private var counts: [Place: (runs: Int, target: Int64?)] = [:]
    private var order: [Place] = []

    /// - Parameter whys: why runs are held, by their numbers.
    init(_ world: World, _ whys: [Int64: String]) {
        for (index, run) in world.runs.enumerated() {
            guard case .held(let hold, _) = run.place, run.startedAt == nil,
                let (reason, why) = Self.reason(hold, Int64(index) + 1, world, whys)
            else { continue }
            let place = Place(assignment: run.assignment, due: run.due, reason: reason, why: why)
            if counts[place] == nil { order.append(place) }
            counts[place, default: (0, run.target)].runs += 1
        }
    }

    private static func reason(
        _ hold: Hold, _ run: Int64, _ world: World, _ whys: [Int64: String]
    ) -> (String, String)? {
        if hold.isAPersons { return (hold.rawValue, whys[run] ?? hold.rawValue) }
        guard hold == .requires, let finding = world.finding(against: run) else { return nil }
        return (ForecastProblem.finding, finding.inWords)
    }

    func problems(_ world: World, _ assets: [Int64: String]) -> [ForecastProblem] {
        order.map { place in
            let assignment = world.assignments[place.assignment]
            let (runs, target) = counts[place] ?? (0, nil)
            let count = runs == 1 ? "it does" : "\(runs) runs do"
            return ForecastProblem(
                .held, client: assignment.client.name, job: assignment.job.name,
                asset: runs == 1 ? target.flatMap { assets[$0] } : nil, due: place.due, reason: place.reason,
                text: "\(count) not start: \(place.why); \(HeldSentence.remedy(place.reason, assignment.job))")
        }
    }
}
