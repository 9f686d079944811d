import Model
import Recurrence

/// Sees runs that are missed, skipped or late, that do not start before their window closes, or cannot be planned.
struct MoveWatch {
    private struct Occurrence: Hashable {
        var assignment: Int
        var due: Instant
    }

    private let durations: [String: Duration]
    /// Why a run was held when it was last looked at, where no time that passes helps it.
    private var whys: [Int64: String] = [:]
    private var waivers: [Int64: [Waiver]] = [:]
    private var gone: [GoneRun] = []
    private var short = ShortWindows()
    private var late: [Occurrence: Int] = [:]
    private var lateOrder: [Occurrence] = []
    private var unplanned: [(assignment: Int, text: String)] = []
    private var unopened: [Int: String] = [:]

    init(_ durations: [String: Duration]) { self.durations = durations }

    /// Why a run is held that was made before.
    mutating func learn(_ why: String, of run: Int64) { whys[run] = why }

    /// People's word that a run that was made before need not be done.
    mutating func learn(_ waivers: [Waiver], of run: Int64) { self.waivers[run] = waivers }

    mutating func see(_ event: WorldEvent, in world: World) {
        switch event {
        case .placed(let run, let from, let parked, .done(let state, let why)) where state != .succeeded:
            addGone(run, state, from, parked, why, in: world)
        case .placed(let run, .ready, let parked?, .held(.window, _, _)),
            .placed(let run, .ready, let parked?, .held(.frozen, _, _)):
            short.add(run, parked, in: world)
        case .placed(let run, _, _, .held(.window, let why, nil)):
            unopened[world.runs[Int(run) - 1].assignment] = why
        case .placed(let run, _, _, .held(let hold, let why, _)) where hold.isAPersons:
            whys[run] = why
        case .ended(let attempt, .cancelled, _):
            let run = world.attempts[Int(attempt) - 1].run
            let isReplaced = world.assignments[world.runs[Int(run) - 1].assignment].job.overlap == .replace
            gone.append(GoneRun(run: run, reason: isReplaced ? "replaced" : "closed", why: "", at: world.now))
        case .started(let attempt):
            addLate(world.attempts[Int(attempt) - 1].run, in: world)
        case .trouble(let assignment, let text):
            unplanned.append((assignment, text))
        default:
            break
        }
    }

    private mutating func addGone(
        _ run: Int64, _ state: RunState, _ from: WorldRun.Place?, _ parked: Int?, _ why: String, in world: World
    ) {
        let reason = Self.reason(run, state, from, parked, in: world)
        if case .held(let hold, _) = from, hold == .approval || hold == .unknown {
            gone.append(GoneRun(run: run, reason: reason, why: whys[run] ?? why, at: world.now))
        } else if reason == Hold.requires.rawValue, let finding = world.finding(against: run) {
            gone.append(GoneRun(run: run, reason: ForecastProblem.finding, why: finding.inWords, at: world.now))
        } else {
            gone.append(GoneRun(run: run, reason: reason, why: why, at: world.now))
        }
    }

    private mutating func addLate(_ number: Int64, in world: World) {
        let run = world.runs[Int(number) - 1]
        guard let dueBy = run.dueBy, dueBy < world.now, run.startedAt == world.now,
            !(waivers[number] ?? []).contains(where: { $0.isInForce(at: world.now) })
        else { return }
        let occurrence = Occurrence(assignment: run.assignment, due: run.due)
        if late[occurrence] == nil { lateOrder.append(occurrence) }
        late[occurrence, default: 0] += 1
    }

    /// What kept it until then: the gate that was closed, or the limit that was full.
    private static func reason(
        _ run: Int64, _ state: RunState, _ from: WorldRun.Place?, _ parked: Int?, in world: World
    ) -> String {
        if let parked { return world.groups[parked].limit.reason }
        let (pauses, due) = (
            world.assignments[world.runs[Int(run) - 1].assignment].state.pauses, world.runs[Int(run) - 1].due
        )
        switch (state, from) {
        case (.skipped, _)
        where pauses.contains { $0.isActive(at: world.now) || ($0.since <= due && $0.isActive(at: due)) }:
            return "paused"
        case (.skipped, _): return "overlap"
        case (_, .held(let hold, _)): return hold.rawValue
        case (_, .ready(let notBefore, _)): return notBefore > world.now ? "retry" : "slots"
        default: return "scheduler"
        }
    }
}

extension MoveWatch {
    /// Occurrences of which runs do not start before their window closes, were all runs as slow as these.
    func tight(_ world: World) -> [ForecastProblem] { short.problems(world, durations, isBadNight: true) }

    /// What has not begun at the end, and waits for somebody.
    func held(_ world: World, _ assets: [Int64: String]) -> [ForecastProblem] {
        HeldRuns(world, whys).problems(world, assets)
    }

    func problems(_ world: World, _ assets: [Int64: String]) -> [ForecastProblem] {
        var sentences = MissedSentences()
        let rings = RingsBefore(gone, world)
        let missed = gone.map { gone in
            let run = world.runs[Int(gone.run) - 1]
            let assignment = world.assignments[run.assignment]
            let (job, before) = (assignment.job, rings.before(gone, world))
            var problem = ForecastProblem(
                .missed, client: assignment.client.name, job: job.name,
                asset: run.target.flatMap { assets[$0] }, due: run.due, reason: gone.reason,
                text: sentences.text(gone, after: before, of: job, lasting: durations[job.name]))
            problem.cause = before?.reason
            return problem
        }
        return unplanned.map { problem(unplanned: $0.assignment, $0.text, world) }
            + unopened.sorted { $0.key < $1.key }.map { problem(unopened: $0.key, $0.value, world) }
            + short.problems(world, durations) + lateOrder.map { late($0, world) } + missed
    }

    private func problem(unplanned place: Int, _ text: String, _ world: World) -> ForecastProblem {
        let assignment = world.assignments[place]
        let hasWindow = assignment.job.window != nil
        return ForecastProblem(
            hasWindow ? .noWindow : .trouble, client: assignment.client.name, job: assignment.job.name,
            reason: hasWindow ? "window" : "planning", text: text)
    }

    private func problem(unopened place: Int, _ why: String, _ world: World) -> ForecastProblem {
        let assignment = world.assignments[place]
        return ForecastProblem(
            .noWindow, client: assignment.client.name, job: assignment.job.name, reason: "window",
            text: "\(why); let the window open again, or give the job another")
    }

    private func late(_ occurrence: Occurrence, _ world: World) -> ForecastProblem {
        let assignment = world.assignments[occurrence.assignment]
        return ForecastProblem(
            .late, client: assignment.client.name, job: assignment.job.name, due: occurrence.due, reason: "within",
            text: "\(ForecastWords.count(late[occurrence] ?? 0, "run")) will start only when overdue; "
                + "give the job more time ('within'), or a window that opens sooner")
    }
}
