import Recurrence

/// A run as far as its gates are concerned.
struct Passenger {
    /// Nil where it is not made yet.
    var id: Int64?
    var target: Int64?
    var lane: Lane
    var due: Instant
    /// Nil where rings do not hold it.
    var ring: Int?
    var overridesFreeze = false
    /// Before that it is not tried again.
    var notBefore: Instant?
    /// Whether its place in a rollout may stop it: it is part of an occurrence.
    var isOfOccurrence: Bool { lane == .proactive }
}

/// The gates of one assignment at one moment. What is the same for many runs is found out once.
struct Gates {
    let state: AssignmentState
    let now: Instant
    private let pauses: [Pause]
    private let endedPauses: [Pause]
    /// Whether runs may stand here that were made ahead of their time.
    let someAreAhead: Bool
    private var chances: [Stretch: Chance?] = [:]
    /// Where runs stand whose window is closed.
    private var closed: [Stretch: Placement] = [:]
    private var positions: [Instant: RolloutPosition] = [:]
    /// Of moments to come, whether the schedule has them.
    private var moments: [Instant: Bool] = [:]
    /// Targets for which a run was made in this look that is not done: when the last of these was due.
    private var made: [Int64?: Instant] = [:]
    private lazy var openByTarget = Dictionary(grouping: state.open, by: \.target).mapValues(OpenTarget.init)

    /// From when on a start is looked for, in which window.
    struct Stretch: Hashable {
        var from: Instant
        var isUnfrozen: Bool
    }

    init(_ state: AssignmentState, now: Instant) {
        self.state = state
        self.now = now
        // Of several the one that holds for longest tells when to look again.
        pauses = state.pauses.filter { $0.isActive(at: now) }
            .sorted { one, other in other.until.map { until in one.until.map { $0 > until } ?? true } ?? false }
        endedPauses = state.pauses.filter { !$0.isActive(at: now) }
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
    func pause(of target: Int64?) -> Pause? {
        guard !pauses.isEmpty else { return nil }
        return pauses.first { $0.covers(target, state) }
    }

    /// The pause that has a run skipped that is due: one that is there now, or was when it came due, though nobody looked.
    func pause(of target: Int64?, whenDue due: Instant) -> Pause? {
        pause(of: target)
            ?? endedPauses.first { $0.since <= due && $0.isActive(at: due) && $0.covers(target, state) }
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
            let answer = requirements(of: run)
            return answer.lacking ?? placement(of: task)
        }
        if run.due > now { return .held(.due, why: "due at \(run.due)", lookAt: run.due) }
        return try windowGate(run, requirements: requirements(of: run))
    }

    /// How far the rollout of an occurrence has come; nil where it has none that is watched.
    mutating func position(due: Instant) -> RolloutPosition? {
        if let known = positions[due] { return known }
        guard let rollout = state.job.rollout, rollout.isWatched, let tally = state.rollouts[due] else { return nil }
        let position = rollout.position(tally, now: now)
        positions[due] = position
        return position
    }

    /// Takes in that a run was made for a target.
    mutating func learn(madeOn target: Int64?, due: Instant) {
        if state.job.goesInTurn { made[target] = due }
    }

    /// Takes in what an occurrence that is made now consists of.
    mutating func learn(_ tally: RolloutTally, due: Instant) {
        guard let rollout = state.job.rollout, rollout.isWatched else { return }
        positions[due] = rollout.position(tally, now: now)
    }

    mutating func rolloutGate(_ run: Passenger) -> Placement? {
        guard let rollout = state.job.rollout, let position = position(due: run.due) else { return nil }
        switch position {
        case .aborted(let why): return .done(.cancelled, reason: why)
        case .stopped(let why): return .held(.approval, why: "its rollout is stopped: \(why)", lookAt: nil)
        case .planning(let clients):
            guard run.ring != nil else { return nil }
            let named = clients.prefix(3).joined(separator: ", ") + (clients.count > 3 ? ", …" : "")
            return .held(
                .ring, why: "its rollout goes over all clients, and \(named) is not planned yet",
                lookAt: now.next(.seconds(30)))
        case .going(let ring):
            guard let own = run.ring, own > ring else { return nil }
            return .held(
                .ring, why: "\(rollout.name(ofRing: own)) waits for \(rollout.name(ofRing: ring))", lookAt: nil)
        case .soaking(let ring, let next, let until):
            guard let own = run.ring, own > ring else { return nil }
            let why = "\(rollout.name(ofRing: own)) waits until \(rollout.name(ofRing: ring)) has soaked"
            return own > next
                ? .held(.ring, why: why, lookAt: nil)
                : .held(.ring, why: "\(why), at \(until.toSecond)", lookAt: until)
        case .finished: return nil
        }
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
        guard run.isOfOccurrence, run.due > now, let going = open(on: run.target)?.going, skipped(behind: going) != nil
        else { return nil }
        return .held(.overlap, why: Self.earlier, lookAt: run.due)
    }

    /// When it may start but for its gates: a target's share of a spread after it is due, or when it is to be tried again.
    func start(of run: Passenger) -> Instant {
        let start = run.due + state.shift(of: run.target, lane: run.lane)
        return run.notBefore.map { max($0, start) } ?? start
    }

    mutating func windowGate(
        _ run: Passenger, requirements: (lacking: Placement?, until: Instant?)
    ) throws -> Placement {
        let start = max(self.start(of: run), now)
        guard let window = run.overridesFreeze ? state.unfrozenWindow : state.window else {
            return requirements.lacking
                ?? .ready(notBefore: start > now ? start : run.due, startBy: requirements.until)
        }
        let stretch = Stretch(from: start, isUnfrozen: run.overridesFreeze)
        if let known = closed[stretch] { return known }
        let name = state.job.window ?? ""
        guard let chance = try chance(stretch, window) else {
            return .held(.window, why: "no opening of window \(name) is long enough", lookAt: nil)
        }
        if chance.opening.opens <= now {
            if case .held(let hold, let why, _) = requirements.lacking {
                // From its last start on it waits for the next opening first.
                return .held(hold, why: why, lookAt: chance.startBy)
            }
            let startBy = requirements.until.map { min($0, chance.startBy) } ?? chance.startBy
            return .ready(notBefore: start > now ? start : run.due, startBy: startBy)
        }
        let exception = try exception(of: window, from: start, chance)
        let placement = Placement.held(
            exception == nil ? .window : .frozen,
            why: "\(exception.map { "\($0); " } ?? "")window \(name) opens at \(chance.opening.opens)",
            lookAt: chance.opening.opens)
        closed[stretch] = placement
        return placement
    }

    mutating func chance(_ stretch: Stretch, _ window: Window) throws -> Chance? {
        if let known = chances[stretch] { return known }
        let chance = try window.nextStart(after: stretch.from, lasting: state.job.action.longest)
        chances[stretch] = .some(chance)
        return chance
    }

    /// The day or the freeze that closes a window now, or that takes the opening in which a run would start but for it.
    private mutating func exception(of window: Window, from start: Instant, _ chance: Chance) throws -> String? {
        if let reason = window.exception(at: now) { return reason }
        guard let free = window.withoutExceptions,
            let could = try self.chance(Stretch(from: start, isUnfrozen: true), free), could.start < chance.start
        else { return nil }
        return window.exception(at: could.start) ?? "a closed day cuts its opening of \(could.opening.opens) short"
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

extension Window {
    /// The day or the freeze that closes it at a moment, in words.
    fileprivate func exception(at moment: Instant) -> String? {
        let reason = closedReason(at: moment)
        switch reason {
        case .freeze, .day: return reason?.text
        case .betweenOpenings, .cutoff, nil: return nil
        }
    }
}

extension Pause {
    fileprivate func covers(_ target: Int64?, _ state: AssignmentState) -> Bool {
        switch cover {
        case .all: return true
        case .asset(let number): return target == number
        case .label(let key, let value):
            if state.job.labels[key] == value { return true }
            guard let client = state.client else { return false }
            return RunSubject(client: client, asset: target.flatMap { state.assets[$0] }).labels[key] == value
        }
    }
}

extension Job {
    var isTask: Bool { if case .task = action { true } else { false } }

    /// Whether a run that nobody is at is over when the next is due.
    var givesWay: Bool { overlap == .replace || (overlap == .skip && catchUp != .all) }

    /// Whether a run waits for those before it on its target.
    var goesInTurn: Bool { overlap == .queue || overlap == .replace || (catchUp == .all && overlap != .allow) }
}

extension AssignmentState {
    /// How long after it is due a target's run starts, by the job's spread: the same every time.
    func shift(of target: Int64?, lane: Lane = .proactive) -> Duration {
        guard lane == .proactive, let spread = job.schedule.spread else { return .zero }
        let name = target.flatMap { assets[$0]?.name } ?? client?.name ?? ""
        return spread.shift(of: job.name, target: name)
    }
}

extension Span {
    /// Some time from zero to less than this one, in whole seconds, which is always the same for a job and a target.
    public func shift(of job: String, target: String) -> Duration {
        let seconds = UInt64(max(1, elapsed.components.seconds))
        return .seconds(Int64(StableHash.number("\(job)/\(target)") % seconds))
    }
}

extension Instant {
    /// The first moment after this one that is a multiple of a length since the epoch: the same for all who ask
    /// meanwhile, so that nothing is written anew each time.
    func next(_ length: Duration) -> Instant {
        let step = length.components.seconds
        return Instant(seconds: (seconds / step + 1) * step)
    }
}

extension Action {
    /// The longest that it can take, for which room must be left before a window closes.
    public var longest: Duration {
        switch self {
        case .exec(let exec): exec.timeout.elapsed
        case .task, .remind: .zero
        }
    }
}
