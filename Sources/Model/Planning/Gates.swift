import Recurrence

/// The gates of one assignment at one moment. What is the same for many runs is found out once.
struct Gates {
    let state: AssignmentState
    let now: Instant
    private let pauses: PausesNow
    /// Whether runs may stand here that were made ahead of their time.
    let someAreAhead: Bool
    var chances: [Stretch: Chance?] = [:]
    /// Where runs stand whose window is closed.
    var closed: [Stretch: Placement] = [:]
    var positions: [Instant: RolloutPosition] = [:]
    /// Of moments to come, whether the schedule has them.
    private var moments: [Instant: Bool] = [:]
    /// Targets for which a run was made in this look that is not done: when the last of these was due.
    private var made: [Int64?: Instant] = [:]
    /// Targets for which a task was handed out in this look.
    private var handedOut: Set<Int64?> = []
    private lazy var openByTarget = Dictionary(grouping: state.open, by: \.target).mapValues(OpenTarget.init)

    /// From when on a start is looked for, in which window.
    struct Stretch: Hashable {
        var from: Instant
        var isUnfrozen: Bool
    }

    init(_ state: AssignmentState, now: Instant) {
        self.state = state
        self.now = now
        pauses = PausesNow(state.pauses, now: now)
        someAreAhead = state.lead > .zero || state.open.contains(where: \.isAhead)
    }

    /// Whether the job's schedule, as it now is, has a moment.
    mutating func isOfSchedule(_ due: Instant) throws -> Bool {
        if let known = moments[due] { return known }
        let isIn = try state.schedule.next(after: due - .microseconds(1))?.at == due
        moments[due] = isIn
        return isIn
    }

    /// The runs of a target that are not done.
    mutating func open(on target: Int64?) -> OpenTarget? { openByTarget[target] }

    /// The pause that stops a target's runs.
    func pause(of target: Int64?) -> Pause? { pauses.holding(target, state) }

    /// The pause that has a run skipped that is due: one that is there now, or was when it came due, though nobody looked.
    func pause(of target: Int64?, whenDue due: Instant) -> Pause? {
        pauses.holding(target, state) ?? pauses.held(target, state, at: due)
    }

    /// Where a run that is not going stands now: ready, in a person's hands, done already, or held and why.
    ///
    /// Whatever holds what was made ahead of its time, it is looked at when that comes (`OpenRun.isAhead`).
    mutating func placement(of run: Passenger) throws -> Placement {
        let placement = try placementByGates(of: run)
        guard run.isOfOccurrence, run.due > now, case .held(let hold, let why, let lookAt) = placement else {
            return placement
        }
        return .held(hold, why: why, lookAt: min(lookAt ?? run.due, run.due))
    }

    private mutating func placementByGates(of run: Passenger) throws -> Placement {
        if run.lane == .proactive, let pause = pause(of: run.target) {
            return .held(.paused, why: pause.inWords, lookAt: pause.until)
        }
        if run.isOfOccurrence, let held = rolloutGate(run) { return held }
        if let held = overlapGate(run) { return held }
        if case .task(let task) = state.job.action {
            if let held = taskGate(run) { return held }
            if let lacking = requirements(of: run).lacking { return lacking }
            let placement = placement(of: task)
            if case .waiting = placement { handedOut.insert(run.target) }
            return placement
        }
        if run.due > now { return .held(.due, why: "due at \(run.due)", lookAt: run.due) }
        return try windowGate(run, requirements: requirements(of: run))
    }

    /// Takes in that a run was made for a target.
    mutating func learn(madeOn target: Int64?, due: Instant) {
        if state.job.goesInTurn { made[target] = due }
    }

    /// Behind an earlier run on the same target.
    mutating func overlapGate(_ run: Passenger) -> Placement? {
        guard run.lane == .proactive, state.job.goesInTurn else { return nil }
        // Of several that are made in one look the earlier ones have no number yet.
        if run.id == nil, let due = made[run.target], due < run.due {
            return .held(.overlap, why: Self.earlier, lookAt: nil)
        }
        return before(run).map { _ in .held(.overlap, why: Self.earlier, lookAt: nil) }
    }

    /// Without its number, as it is another one when that is over.
    private static let earlier = "an earlier run on the same target is not over"

    /// The one of a scheduled run's target for which it waits.
    mutating func before(_ run: Passenger) -> OpenRun? {
        // What is replaced does not wait for its turn, but for the end of what is going.
        let onlyGoing = state.job.overlap == .replace && state.job.catchUp != .all
        let before = onlyGoing ? open(on: run.target)?.oldestGoing : open(on: run.target)?.oldest
        return before.flatMap { $0.due < run.due ? $0 : nil }
    }

    /// A task that is made ahead of its time is handed out at once, but not while the last one is open that would have it skipped.
    private mutating func taskGate(_ run: Passenger) -> Placement? {
        guard run.isOfOccurrence, run.due > now, state.job.skips,
            handedOut.contains(run.target) || open(on: run.target)?.going != nil
        else { return nil }
        return .held(.overlap, why: Self.earlier, lookAt: run.due)
    }

    /// What is lacking, or until when all that is required holds.
    private func requirements(of run: Passenger) -> (lacking: Placement?, until: Instant?) {
        var until: Instant?
        for requirement in state.job.requires ?? [] {
            switch requirement.answer(on: run.target, state.facts, now: now) {
            case .lacks(let why):
                return (.held(.requires, why: why, lookAt: nil), nil)
            case .holds(let end):
                until = [until, end].compactMap { $0 }.min()
            }
        }
        return (nil, until)
    }

    /// A task is in a person's hands at once, but for a review that finds nothing: that is done already.
    private func placement(of task: TaskAction) -> Placement {
        var checklist: [String] = []
        if let review = task.review {
            checklist = review.checklist(of: state.reviewable, on: state.schedule.zone.local(now).date)
            if checklist.isEmpty { return .done(.succeeded, reason: review.nothingFound) }
        }
        return .waiting(assignee: task.assignee, checklist: checklist + task.steps)
    }
}
