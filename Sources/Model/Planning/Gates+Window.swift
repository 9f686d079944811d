import Recurrence

extension Gates {
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

extension Action {
    /// The longest that it can take, for which room must be left before a window closes.
    public var longest: Duration {
        switch self {
        case .exec(let exec): exec.timeout.elapsed
        case .task, .remind: .zero
        }
    }
}
