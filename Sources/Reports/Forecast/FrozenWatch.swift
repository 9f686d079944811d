import Model
import Recurrence

/// Sees occurrences that would start in an opening which a closed day or a freeze takes away.
struct FrozenWatch {
    private struct Taken {
        var assignment: Int
        var due: Instant
        var firstRun: Int64
        var runs: Int
        var wouldStart: Instant
        var why: String
    }

    private struct Place: Hashable {
        var window: String
        var client: String
    }

    private let catalogue: Catalogue
    /// Whether an assignment's window has exceptions, by its place.
    private let canFreeze: [Bool]
    /// Windows without their exceptions; nil where they have none.
    private var unfrozen: [Place: Window?] = [:]
    private var taken: [Taken] = []

    init(_ catalogue: Catalogue, _ assignments: [WorldAssignment]) {
        self.catalogue = catalogue
        canFreeze = assignments.map { assignment in
            assignment.job.window.flatMap { catalogue.windows[$0] }.map { !$0.except.isEmpty } ?? false
        }
    }

    mutating func see(_ event: WorldEvent, in world: World) {
        guard case .planned(let number, let due, let firstRun, let runs) = event, runs > 0,
            canFreeze[number]
        else { return }
        let assignment = world.assignments[number]
        guard let window = assignment.state.window, let open = unfrozen(assignment) else { return }
        let lasting = assignment.job.action.longest
        guard let could = Self.start(in: open, after: due, lasting: lasting) else { return }
        if let can = Self.start(in: window, after: due, lasting: lasting), can <= could { return }
        let why: String
        switch window.closedReason(at: could) {
        case .freeze(let reason, _, let through): why = "\(reason), until \(through)"
        case .day(let name, let date): why = "\(name), \(date)"
        case .betweenOpenings, .cutoff, nil: why = "a closed day cuts its opening short"
        }
        taken.append(
            Taken(assignment: number, due: due, firstRun: firstRun, runs: runs, wouldStart: could, why: why))
    }

    /// What is thrown is told where the assignment is planned.
    private static func start(in window: Window, after due: Instant, lasting: Duration) -> Instant? {
        do { return try window.nextStart(after: due, lasting: lasting)?.start } catch { return nil }
    }

    private mutating func unfrozen(_ assignment: WorldAssignment) -> Window? {
        guard let name = assignment.job.window, var rule = catalogue.windows[name], !rule.except.isEmpty else {
            return nil
        }
        let place = Place(window: name, client: assignment.client.name)
        if let known = unfrozen[place] { return known }
        rule.except = []
        let window: Window?
        do {
            window = try rule.window(for: assignment.client, calendars: catalogue.calendars)
        } catch {
            window = nil
        }
        unfrozen[place] = window
        return window
    }
}

extension FrozenWatch {
    func problems(_ world: World) -> [ForecastProblem] {
        taken.map { taken in
            let assignment = world.assignments[taken.assignment]
            let first = Int(taken.firstRun) - 1
            let runs = world.runs[first..<(first + taken.runs)]
            let (reason, outcome) = Self.outcome(runs)
            return ForecastProblem(
                .frozen, client: assignment.client.name, job: assignment.job.name, due: taken.due, reason: reason,
                text: "\(taken.why): what would start at \(taken.wouldStart) \(outcome); move the schedule out of it, "
                    + "or take its calendar out of the 'except' of window '\(assignment.job.window ?? "")'")
        }
    }

    /// A word for programs, and what becomes of the runs.
    private static func outcome(_ runs: ArraySlice<WorldRun>) -> (reason: String, String) {
        let starts = runs.compactMap(\.startedAt)
        guard let first = starts.min() else {
            let isGone = runs.contains { if case .done(let state, _) = $0.place { state != .succeeded } else { false } }
            return isGone ? ("missed", "is not done") : ("delayed", "still waits at the end of the forecast")
        }
        let isLate = runs.contains { run in
            run.startedAt.map { start in run.dueBy.map { start > $0 } ?? false } ?? false
        }
        return isLate ? ("late", "starts only at \(first), overdue by then") : ("delayed", "starts only at \(first)")
    }
}
