import Recurrence

/// A gate as an operator sees it: whether it holds a run, and what would open it.
public struct GateStanding: Hashable, Sendable {
    public var gate: Hold
    public var isOpen: Bool
    /// A few words without a full stop.
    public var why: String
    /// When it opens by itself; nil where it is open, or where nobody knows.
    public var opensAt: Instant?
    /// The job whose success would open it.
    public var waitsForJob: String?
    /// What a worker looks at just before it starts, where that is what it is about.
    public var asksWorker: Requirement?

    public init(
        gate: Hold, isOpen: Bool, why: String, opensAt: Instant? = nil, waitsForJob: String? = nil,
        asksWorker: Requirement? = nil
    ) {
        self.gate = gate
        self.isOpen = isOpen
        self.why = why
        self.opensAt = opensAt
        self.waitsForJob = waitsForJob
        self.asksWorker = asksWorker
    }
}

/// All gates of a run, and when it can next go.
public struct GateTable: Hashable, Sendable {
    public var standings: [GateStanding]
    /// When all of them are open, as far as their moments are known; nil where nobody knows when one opens.
    public var nextChance: Instant?
}

extension AssignmentState {
    /// All gates that a run has to pass, those that are open too: the same decisions as planning's.
    ///
    /// - Throws: what the window throws past the horizon of the calendar.
    public func gates(of run: OpenRun, now: Instant) throws -> GateTable {
        var gates = Gates(self, now: now)
        var passenger = Passenger(run)
        passenger.notBefore = try gates.notBefore(of: run)
        let standings = try gates.standings(of: passenger)
        return GateTable(standings: standings, nextChance: try gates.nextChance(of: passenger, standings))
    }
}

extension Gates {
    fileprivate mutating func standings(of run: Passenger) throws -> [GateStanding] {
        var all: [GateStanding] = []
        if run.lane == .proactive {
            let pause = pause(of: run.target)
            all.append(
                GateStanding(
                    gate: .paused, isOpen: pause == nil, why: pause?.inWords ?? "nothing of it is paused",
                    opensAt: pause?.until))
        }
        if run.isOfOccurrence, position(due: run.due) != nil {
            var ring = standing(.ring, rolloutGate(run), whenOpen: "its ring may go")
            // That others are planned is looked at again and again: nobody knows when it will be so.
            if case .planning = position(due: run.due) { ring.opensAt = nil }
            all.append(ring)
        }
        if run.lane == .proactive, state.job.goesInTurn {
            var overlap = standing(.overlap, overlapGate(run), whenOpen: "no earlier run on its target is open")
            if let first = before(run) {
                overlap.why = "run \(first.id), due at \(first.due.toSecond) on the same target, is not over"
            }
            all.append(overlap)
        }
        let start = start(of: run)
        if start > now {
            let why = run.notBefore == start ? "it is tried again" : "it is due"
            all.append(GateStanding(gate: .due, isOpen: false, why: why, opensAt: start))
        }
        if state.job.window != nil, !state.job.isTask { all.append(try windowStanding(of: run)) }
        for requirement in state.job.requires ?? [] { all.append(standing(of: requirement, run)) }
        return all
    }

    /// In its window, once all else is open.
    fileprivate mutating func nextChance(of run: Passenger, _ standings: [GateStanding]) throws -> Instant? {
        var earliest = now
        for standing in standings where !standing.isOpen && standing.gate != .window && standing.gate != .frozen {
            guard let opensAt = standing.opensAt else { return nil }
            earliest = max(earliest, opensAt)
        }
        guard !state.job.isTask, let window = run.overridesFreeze ? state.unfrozenWindow : state.window else {
            return earliest
        }
        return try chance(Stretch(from: earliest, isUnfrozen: run.overridesFreeze), window)?.start
    }

    private func standing(_ gate: Hold, _ placement: Placement?, whenOpen: String) -> GateStanding {
        switch placement {
        case .held(let hold, let why, let lookAt)?:
            GateStanding(gate: hold, isOpen: false, why: why, opensAt: lookAt)
        case .done(_, let why)?: GateStanding(gate: gate, isOpen: false, why: why)
        case .ready, .waiting, nil: GateStanding(gate: gate, isOpen: true, why: whenOpen)
        }
    }

    private mutating func windowStanding(of run: Passenger) throws -> GateStanding {
        switch try windowGate(run, requirements: (nil, nil)) {
        case .ready(_, let startBy):
            let until = startBy.map { ", last start at \($0.toSecond)" } ?? ""
            return GateStanding(gate: .window, isOpen: true, why: "window \(state.job.window ?? "") is open\(until)")
        case let placement: return standing(.window, placement, whenOpen: "")
        }
    }

    private func standing(of requirement: Requirement, _ run: Passenger) -> GateStanding {
        switch requirement {
        case .file(let path):
            return GateStanding(
                gate: .requires, isOpen: true, why: "the worker looks for file \(path) just before it starts",
                asksWorker: requirement)
        case .exec(let command, _):
            return GateStanding(
                gate: .requires, isOpen: true, why: "the worker asks \(command[0]) just before it starts",
                asksWorker: requirement)
        case .succeeded, .noFinding: break
        }
        switch requirement.answer(on: run.target, state.facts, now: now) {
        case .lacks(let why):
            let job = if case .succeeded(let job, _) = requirement { job } else { String?.none }
            return GateStanding(gate: .requires, isOpen: false, why: why, waitsForJob: job)
        case .holds(let until):
            let what =
                if case .succeeded(let job, _) = requirement { "\(job) has succeeded" } else {
                    "nothing is found there"
                }
            return GateStanding(
                gate: .requires, isOpen: true, why: what + (until.map { ", which counts until \($0.toSecond)" } ?? ""))
        }
    }
}
